package dev.holdfast.operator.children;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.holdfast.api.v1alpha1.FailoverProxy;

/**
 * The manifest as a pod gets it: who it is, what it wants, and the primary that was known last. A
 * new pod takes that primary up again at its epoch, when it is usable.
 */
public final class RenderedManifest {

  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  private RenderedManifest() {}

  /** The text is the same for the same resource, so that an unchanged one is not written again. */
  public static String of(FailoverProxy proxy) {
    var manifest = YAML.createObjectNode();
    manifest.put("apiVersion", proxy.getApiVersion());
    manifest.put("kind", proxy.getKind());
    manifest
        .putObject("metadata")
        .put("name", proxy.getMetadata().getName())
        .put("namespace", proxy.getMetadata().getNamespace())
        .put("uid", proxy.getMetadata().getUid())
        .put("generation", proxy.getMetadata().getGeneration());
    manifest.set("spec", YAML.valueToTree(proxy.getSpec()));
    addFloor(manifest, proxy);
    try {
      return YAML.writeValueAsString(manifest);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest made of plain values cannot be written", e);
    }
  }

  private static void addFloor(ObjectNode manifest, FailoverProxy proxy) {
    var status = proxy.getStatus();
    if (status == null || status.primary() == null) {
      return;
    }
    manifest
        .putObject("status")
        .putObject("primary")
        .put("name", status.primary().name())
        .put("epoch", status.primary().epoch());
  }
}
