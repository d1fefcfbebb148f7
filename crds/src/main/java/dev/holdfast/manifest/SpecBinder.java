package dev.holdfast.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.holdfast.api.v1alpha1.FailoverProxySpec;
import dev.holdfast.api.v1alpha1.FloatingIpGroupSpec;
import dev.holdfast.api.v1alpha1.StickyBalancerSpec;

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
    return bind(manifest, "FailoverProxy", FailoverProxySpec.class);
  }

  /**
   * @throws IllegalArgumentException as {@link #failoverProxy}
   */
  public static FloatingIpGroupSpec floatingIpGroup(Manifest manifest) {
    return bind(manifest, "FloatingIpGroup", FloatingIpGroupSpec.class);
  }

  /**
   * @throws IllegalArgumentException as {@link #failoverProxy}
   */
  public static StickyBalancerSpec stickyBalancer(Manifest manifest) {
    return bind(manifest, "StickyBalancer", StickyBalancerSpec.class);
  }

  private static <S> S bind(Manifest manifest, String kind, Class<S> spec) {
    if (!manifest.kind().equals(kind)) {
      throw new IllegalArgumentException("expected a " + kind + ", found " + manifest.resource());
    }
    try {
      return MAPPER.treeToValue(manifest.tree().required("spec"), spec);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "expected a spec that the schema allows, found another in " + manifest.resource(), e);
    }
  }
}
