package dev.holdfast.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The admin interface of a balancer's pods, to the operator, whose certificate may do everything.
 */
record BalancerAdmin(TestNamespace namespace, String name) {
  private static final int PORT = 2340;
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** All that this pod says of the balancer. */
  JsonNode report(String pod) {
    var answer = send(pod, "", HttpRequest.newBuilder().GET());
    if (answer.statusCode() != 200) {
      throw new AssertionError("expected a report from %s, got %s".formatted(pod, answer));
    }
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError("expected JSON from %s: %s".formatted(pod, answer.body()), e);
    }
  }

  /** What this pod says of one group. */
  JsonNode group(String pod, String group) {
    for (var one : report(pod).path("groups")) {
      if (one.path("name").asText().equals(group)) {
        return one;
      }
    }
    throw new AssertionError("expected %s to know group %s".formatted(pod, group));
  }

  /**
   * @param state null: as the resource says
   * @return status of the answer
   */
  int putState(String pod, int group, @Nullable String state) {
    var body = JSON.createObjectNode().put("state", state).toString();
    var request =
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body));
    return send(pod, "/groups/%d/state".formatted(group), request).statusCode();
  }

  private HttpResponse<String> send(String pod, String path, HttpRequest.Builder request) {
    var secret =
        namespace.client().secrets().inNamespace(namespace.name()).withName(name + "-stb").get();
    try (var admin =
            namespace
                .client()
                .pods()
                .inNamespace(namespace.name())
                .withName(pod)
                .portForward(PORT);
        var client =
            HttpClient.newBuilder()
                .sslContext(PeerCredentials.of(secret, "operator"))
                .connectTimeout(DEADLINE)
                .build()) {
      var resource =
          "https://127.0.0.1:%d/api/v1/stickybalancers/%s/%s"
              .formatted(admin.getLocalPort(), namespace.name(), name);
      return client.send(
          request.uri(URI.create(resource + path)).timeout(DEADLINE).build(),
          BodyHandlers.ofString());
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError("expected an answer from " + pod, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
