package dev.holdfast.operator.floatingipgroup;

import dev.holdfast.health.reference.MissingReference;
import dev.holdfast.health.reference.Reference;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads Secrets and ConfigMaps, one by one: a watch would hold every Secret of the cluster in
 * memory.
 */
final class ReferenceReader {

  private final KubernetesClient client;

  ReferenceReader(KubernetesClient client) {
    this.client = client;
  }

  /**
   * @throws MissingReference for the first that is not there
   */
  ReferenceSnapshot read(String namespace, List<Reference> references) throws MissingReference {
    var objects = new HashMap<String, Optional<Map<String, byte[]>>>();
    var values = new HashMap<Reference, byte[]>();
    for (var reference : references) {
      var data =
          objects
              .computeIfAbsent(
                  reference.kind() + "/" + reference.name(), any -> data(namespace, reference))
              .orElseThrow(() ->
                  new MissingReference(
                      reference,
                      "there is no such object in namespace " + namespace + ": create it"));
      var value = data.get(reference.key());
      if (value == null) {
        throw new MissingReference(reference, "the object has no such key: add it");
      }
      values.put(reference, value);
    }
    return new ReferenceSnapshot(values);
  }

  private Optional<Map<String, byte[]>> data(String namespace, Reference reference) {
    var name = reference.name();
    return switch (reference.kind()) {
      case Secret ->
          Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get())
              .map(secret -> decoded(secret.getData()));
      case ConfigMap ->
          Optional.ofNullable(client.configMaps().inNamespace(namespace).withName(name).get())
              .map(map -> {
                var data = new HashMap<>(decoded(map.getBinaryData()));
                if (map.getData() != null) {
                  map.getData()
                      .forEach((key, text) -> data.put(key, text.getBytes(StandardCharsets.UTF_8)));
                }
                return data;
              });
    };
  }

  private static Map<String, byte[]> decoded(@Nullable Map<String, String> data) {
    var decoded = new HashMap<String, byte[]>();
    if (data != null) {
      data.forEach((key, value) -> decoded.put(key, Base64.getDecoder().decode(value)));
    }
    return decoded;
  }
}
