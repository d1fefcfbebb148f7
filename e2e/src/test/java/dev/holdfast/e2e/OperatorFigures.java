package dev.holdfast.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Comparator;

/** The metrics of the operator's newest pod, as somebody reads them who has a token. */
record OperatorFigures(LocalPortForward port, HttpClient client) implements AutoCloseable {
  private static final int METRICS = 8080;

  static OperatorFigures open(KubernetesClient cluster) {
    var pods = cluster.pods().inNamespace(Helm.NAMESPACE);
    // the one of the revision before may still be ending
    var newest =
        pods.withLabelSelector(Helm.OPERATOR_PODS).list().getItems().stream()
            .max(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()))
            .orElseThrow();
    return new OperatorFigures(
        pods.withName(newest.getMetadata().getName()).portForward(METRICS),
        HttpClient.newHttpClient());
  }

  HttpResponse<String> read(String token) throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:%d/metrics".formatted(port.getLocalPort()));
    var request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(5))
            .header("Authorization", "Bearer " + token)
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  @Override
  public void close() throws IOException {
    client.close();
    port.close();
  }
}
