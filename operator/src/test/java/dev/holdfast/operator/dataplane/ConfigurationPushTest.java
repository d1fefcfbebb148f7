package dev.holdfast.operator.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.operator.certificates.TestTls;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Random;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConfigurationPushTest {

  private final PodClients clients = new PodClients("fop");
  private final ConfigurationPush push =
      new ConfigurationPush(new Random(1), Duration.ofMillis(10));
  private FakeDataPlane pod;
  private HttpClient client;

  @BeforeEach
  void start() throws Exception {
    var certificates = TestTls.issue("db", "postgres");
    client = clients.of(new ResourceID("postgres", "db"), certificates);
    pod = FakeDataPlane.start(certificates, (connection, out) -> out.hang());
  }

  @AfterEach
  void close() {
    push.close();
    clients.close();
    pod.close();
  }

  @Test
  @DisplayName("configurations arrive in order")
  void arrives() {
    push.send(client, pod.address("p-0"), 2, "two");
    await().until(() -> !pod.pushed.isEmpty());
    push.send(client, pod.address("p-0"), 3, "three");
    await().untilAsserted(() -> assertThat(pod.pushed).containsExactly("two", "three"));
  }

  @Test
  @DisplayName("a pod that cannot answer yet is asked again")
  void retries() {
    pod.answers.add(503);
    pod.answers.add(401);
    push.send(client, pod.address("p-0"), 2, "two");
    await().untilAsserted(() -> assertThat(pod.pushed).containsExactly("two", "two", "two"));
  }

  @Test
  @DisplayName("a refusal is an answer")
  void refusal() {
    pod.answers.add(422);
    push.send(client, pod.address("p-0"), 2, "two");
    await().until(() -> pod.answers.isEmpty());
    push.send(client, pod.address("p-0"), 3, "three");
    await().untilAsserted(() -> assertThat(pod.pushed).containsExactly("two", "three"));
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(30));
  }
}
