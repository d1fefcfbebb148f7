package dev.holdfast.operator;

import dev.holdfast.api.v1alpha1.FailoverProxy;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** What must be there before the operator can do anything, asked for in one request. */
final class Preflight {

  private Preflight() {}

  /** What the API server said. */
  sealed interface Answer {
    record Fine() implements Answer {}

    /** Waiting helps: the API server is away, or has too much to do. */
    record Away(String message) implements Answer {}

    /**
     * @param message what is wrong, and what to do about it
     */
    record Wrong(String message) implements Answer {}
  }

  static Answer check(KubernetesClient client, OperatorOptions options) {
    var one = new ListOptionsBuilder().withLimit(1L).build();
    try {
      if (options.namespaces().isEmpty()) {
        client.resources(FailoverProxy.class).inAnyNamespace().list(one);
      }
      for (var namespace : options.namespaces()) {
        client.resources(FailoverProxy.class).inNamespace(namespace).list(one);
      }
      return new Answer.Fine();
    } catch (KubernetesClientException e) {
      return explain(e);
    }
  }

  static Answer explain(KubernetesClientException failure) {
    return switch (failure.getCode()) {
      case HttpURLConnection.HTTP_NOT_FOUND ->
          new Answer.Wrong(
              "the API server does not know FailoverProxy: install Holdfast's CRDs first");
      case HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_UNAUTHORIZED ->
          new Answer.Wrong(
              "the operator's account may not list FailoverProxies: " + failure.getMessage());
      default -> new Answer.Away("cannot ask the API server: " + failure.getMessage());
    };
  }
}
