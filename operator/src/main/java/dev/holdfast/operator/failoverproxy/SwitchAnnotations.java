package dev.holdfast.operator.failoverproxy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.operator.dataplane.SwitchRequest;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** {@code holdfast.dev/switch-to} and {@code holdfast.dev/switch-force}: read, and taken off. */
final class SwitchAnnotations {

  private static final String TO = "holdfast.dev/switch-to";
  private static final String FORCE = "holdfast.dev/switch-force";
  private static final int UNPROCESSABLE = 422;

  private final KubernetesClient client;

  SwitchAnnotations(KubernetesClient client) {
    this.client = client;
  }

  static Optional<SwitchRequest> of(FailoverProxy proxy) {
    var annotations = annotations(proxy);
    return Optional.ofNullable(annotations.get(TO))
        .map(to -> new SwitchRequest(to, Boolean.parseBoolean(annotations.get(FORCE))));
  }

  /** Unless somebody has written another wish meanwhile. */
  void remove(FailoverProxy proxy) {
    try {
      client.resource(proxy).patch(PatchContext.of(PatchType.JSON), removal(proxy).toString());
    } catch (KubernetesClientException e) {
      if (e.getCode() != UNPROCESSABLE && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  static ArrayNode removal(FailoverProxy proxy) {
    var patch = JsonNodeFactory.instance.arrayNode();
    for (var name : new String[] {TO, FORCE}) {
      var value = annotations(proxy).get(name);
      if (value != null) {
        var path = "/metadata/annotations/" + name.replace("/", "~1");
        patch.addObject().put("op", "test").put("path", path).put("value", value);
        patch.addObject().put("op", "remove").put("path", path);
      }
    }
    return patch;
  }

  private static Map<String, String> annotations(FailoverProxy proxy) {
    return Objects.requireNonNullElse(proxy.getMetadata().getAnnotations(), Map.of());
  }
}
