package dev.holdfast.operator.children;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.holdfast.api.v1alpha1.FailoverProxyStatus.PrimaryStatus;
import dev.holdfast.operator.resource.Annotations;
import dev.holdfast.operator.workload.BalancerWorkload;
import dev.holdfast.operator.workload.ProxyWorkload;
import dev.holdfast.operator.workload.Workload;
import org.jspecify.annotations.Nullable;

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
  public static String of(Workload workload) {
    var manifest = YAML.createObjectNode();
    manifest.put("apiVersion", workload.resource().getApiVersion());
    manifest.put("kind", workload.resource().getKind());
    addMetadata(manifest, workload);
    manifest.set("spec", YAML.valueToTree(workload.spec()));
    addFloor(manifest, workload);
    try {
      return YAML.writeValueAsString(manifest);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest made of plain values cannot be written", e);
    }
  }

  private static void addMetadata(ObjectNode manifest, Workload workload) {
    var resource = workload.resource();
    var metadata =
        manifest
            .putObject("metadata")
            .put("name", resource.getMetadata().getName())
            .put("namespace", resource.getMetadata().getNamespace())
            .put("uid", resource.getMetadata().getUid())
            .put("generation", resource.getMetadata().getGeneration());
    Annotations.value(resource, Annotations.REBOOTSTRAP)
        .ifPresent(group -> metadata.putObject("annotations").put(Annotations.REBOOTSTRAP, group));
  }

  private static void addFloor(ObjectNode manifest, Workload workload) {
    var status = YAML.createObjectNode();
    var primary = primary(workload);
    if (primary != null) {
      status.putObject("primary").put("name", primary.name()).put("epoch", primary.epoch());
    }
    var recorded = workload.recorded();
    if (recorded.clusterId() != null) {
      status.put("clusterId", recorded.clusterId());
    }
    if (recorded.epoch() != null) {
      status.put("epoch", recorded.epoch());
    }
    if (!status.isEmpty()) {
      manifest.set("status", status);
    }
  }

  private static @Nullable PrimaryStatus primary(Workload workload) {
    return switch (workload) {
      case ProxyWorkload(var proxy) ->
          proxy.getStatus() == null ? null : proxy.getStatus().primary();
      case BalancerWorkload _ -> null;
    };
  }
}
