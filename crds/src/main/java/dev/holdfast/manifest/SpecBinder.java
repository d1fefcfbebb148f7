package dev.holdfast.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.holdfast.api.v1alpha1.FailoverProxySpec;

/** Makes typed specs of manifests. */
public final class SpecBinder {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(MapperFeature.USE_ANNOTATIONS)
          .build();

  private SpecBinder() {}

  /**
   * @throws IllegalArgumentException when the manifest is of another kind, or has not been through
   *     a {@link ManifestReader}
   */
  public static FailoverProxySpec failoverProxy(Manifest manifest) {
    if (!manifest.kind().equals("FailoverProxy")) {
      throw new IllegalArgumentException("expected a FailoverProxy, found " + manifest.resource());
    }
    try {
      return MAPPER.treeToValue(manifest.tree().required("spec"), FailoverProxySpec.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "expected a spec that the schema allows, found another in " + manifest.resource(), e);
    }
  }
}
