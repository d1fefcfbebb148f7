package dev.holdfast.operator;

import dev.holdfast.api.v1alpha1.FailoverProxy;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;

/** What must be there before the operator can do anything, asked for in one request. */
final class Preflight {

  private Preflight() {}

  /** What is wrong, and what to do about it; empty when all is well. */
  static Optional<String> check(KubernetesClient client, OperatorOptions options) {
    var one = new ListOptionsBuilder().withLimit(1L).build();
    try {
      if (options.namespaces().isEmpty()) {
        client.resources(FailoverProxy.class).inAnyNamespace().list(one);
      }
      for (var namespace : options.namespaces()) {
        client.resources(FailoverProxy.class).inNamespace(namespace).list(one);
      }
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return Optional.of(explain(e));
    }
  }

  private static String explain(KubernetesClientException failure) {
    return switch (failure.getCode()) {
      case HttpURLConnection.HTTP_NOT_FOUND ->
          "the API server does not know FailoverProxy: install Holdfast's CRDs first";
      case HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_UNAUTHORIZED ->
          "the operator's account may not list FailoverProxies: " + failure.getMessage();
      default -> "cannot ask the API server: " + failure.getMessage();
    };
  }
}
