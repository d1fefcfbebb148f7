package dev.holdfast.operator;

import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.api.v1alpha1.FloatingIpGroup;
import dev.holdfast.api.v1alpha1.StickyBalancer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;

/**
 * What must be there before the operator can do anything, asked for in as few requests as possible.
 */
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
    var kinds =
        List.<Class<? extends CustomResource<?, ?>>>of(
            FailoverProxy.class, StickyBalancer.class, FloatingIpGroup.class);
    for (var kind : kinds) {
      try {
        list(client, kind, options);
      } catch (KubernetesClientException e) {
        return explain(HasMetadata.getKind(kind), e);
      }
    }
    return new Answer.Fine();
  }

  private static void list(
      KubernetesClient client, Class<? extends HasMetadata> kind, OperatorOptions options) {
    var one = new ListOptionsBuilder().withLimit(1L).build();
    if (options.namespaces().isEmpty()) {
      client.resources(kind).inAnyNamespace().list(one);
    }
    for (var namespace : options.namespaces()) {
      client.resources(kind).inNamespace(namespace).list(one);
    }
  }

  static Answer explain(String kind, KubernetesClientException failure) {
    return switch (failure.getCode()) {
      case HttpURLConnection.HTTP_NOT_FOUND ->
          new Answer.Wrong(
              "the API server does not know " + kind + ": install Holdfast's CRDs first");
      case HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_UNAUTHORIZED ->
          new Answer.Wrong(
              "the operator's account may not list %s: %s".formatted(kind, failure.getMessage()));
      default -> new Answer.Away("cannot ask the API server: " + failure.getMessage());
    };
  }
}
