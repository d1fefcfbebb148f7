package dev.holdfast.operator.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Wishes that people write on a resource: read, and taken off. */
public final class Annotations {

  /** Its value is the id of a group whose data is lost: another one may be founded. */
  public static final String REBOOTSTRAP = "holdfast.dev/rebootstrap";

  private static final String PAUSED = "holdfast.dev/paused";
  private static final int UNPROCESSABLE = 422;

  private Annotations() {}

  public static Optional<String> value(HasMetadata resource, String name) {
    return Optional.ofNullable(all(resource).get(name));
  }

  /** The annotation does what {@code spec.paused} does. */
  public static boolean isPaused(HasMetadata resource) {
    return value(resource, PAUSED).map(Boolean::parseBoolean).orElse(false);
  }

  /** Takes them off, unless somebody has written another wish meanwhile. */
  public static void remove(KubernetesClient client, HasMetadata resource, List<String> names) {
    try {
      client
          .resource(resource)
          .patch(PatchContext.of(PatchType.JSON), removal(resource, names).toString());
    } catch (KubernetesClientException e) {
      if (e.getCode() != UNPROCESSABLE && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  /** The patch that fails when one of them has another value by now. */
  public static ArrayNode removal(HasMetadata resource, List<String> names) {
    var patch = JsonNodeFactory.instance.arrayNode();
    for (var name : names) {
      value(resource, name)
          .ifPresent(value -> {
            var path = "/metadata/annotations/" + name.replace("/", "~1");
            patch.addObject().put("op", "test").put("path", path).put("value", value);
            patch.addObject().put("op", "remove").put("path", path);
          });
    }
    return patch;
  }

  private static Map<String, String> all(HasMetadata resource) {
    return Objects.requireNonNullElse(resource.getMetadata().getAnnotations(), Map.of());
  }
}
