package dev.holdfast.operator.children;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.operator.resource.Annotations;

/**
 * The manifest as a pod gets it: who it is, what it wants, and the primary that was known last. A
 * new pod takes that primary up again at its epoch, when it is usable, unless pods that decided
 * together gave out a higher one. Such pods also get the id of their group: when all of them come
 * up empty they must not found another, unless a person has allowed it.
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
    addMetadata(manifest, proxy);
    manifest.set("spec", YAML.valueToTree(proxy.getSpec()));
    addFloor(manifest, proxy);
    try {
      return YAML.writeValueAsString(manifest);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest made of plain values cannot be written", e);
    }
  }

  private static void addMetadata(ObjectNode manifest, FailoverProxy proxy) {
    var metadata =
        manifest
            .putObject("metadata")
            .put("name", proxy.getMetadata().getName())
            .put("namespace", proxy.getMetadata().getNamespace())
            .put("uid", proxy.getMetadata().getUid())
            .put("generation", proxy.getMetadata().getGeneration());
    Annotations.value(proxy, Annotations.REBOOTSTRAP)
        .ifPresent(group -> metadata.putObject("annotations").put(Annotations.REBOOTSTRAP, group));
  }

  private static void addFloor(ObjectNode manifest, FailoverProxy proxy) {
    var known = proxy.getStatus();
    if (known == null
        || (known.primary() == null && known.clusterId() == null && known.epoch() == null)) {
      return;
    }
    var status = manifest.putObject("status");
    if (known.primary() != null) {
      status
          .putObject("primary")
          .put("name", known.primary().name())
          .put("epoch", known.primary().epoch());
    }
    if (known.clusterId() != null) {
      status.put("clusterId", known.clusterId());
    }
    if (known.epoch() != null) {
      status.put("epoch", known.epoch());
    }
  }
}
