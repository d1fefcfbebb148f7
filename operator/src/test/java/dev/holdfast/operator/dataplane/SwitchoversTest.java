package dev.holdfast.operator.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.operator.certificates.TestTls;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SwitchoversTest {

  private static final ResourceID POSTGRES = new ResourceID("postgres", "db");
  private static final SwitchRequest WISH = new SwitchRequest("pg-1", false);
  private static final FakeDataPlane.Word ADMITTED =
      new FakeDataPlane.Word(
          200,
          "{\"backend\":\"pg-1\",\"outcome\":\"Admitted\",\"message\":\"pg-1 is the primary\"}");

  private final LinkedBlockingQueue<ResourceID> decided = new LinkedBlockingQueue<>();
  private final PodClients clients = new PodClients("fop");
  private FakeDataPlane first;
  private FakeDataPlane second;
  private HttpClient client;

  @BeforeEach
  void start() throws Exception {
    var certificates = TestTls.issue("db", "postgres");
    client = clients.of(POSTGRES, certificates);
    first = FakeDataPlane.start(certificates, (connection, out) -> out.hang());
    second = FakeDataPlane.start(certificates, (connection, out) -> out.hang());
  }

  @AfterEach
  void close() {
    clients.close();
    first.close();
    second.close();
  }

  @Test
  @DisplayName("every pod is asked once, and asking again gives what became of it")
  void accepted() throws Exception {
    first.words.add(ADMITTED);
    second.words.add(ADMITTED);
    try (var switchovers = patient(30)) {
      var outcome = ask(switchovers, WISH);
      assertThat(outcome.accepted()).isTrue();
      assertThat(outcome.message()).isEqualTo("pg-1 is the primary");
      assertThat(ask(switchovers, WISH)).isEqualTo(outcome);
    }
    assertThat(first.wishes).containsExactly("{\"name\":\"pg-1\",\"force\":false}");
    assertThat(second.wishes).hasSize(1);
  }

  @Test
  @DisplayName("one pod that refuses makes it refused, and the others are named")
  void refused() throws Exception {
    first.words.add(
        new FakeDataPlane.Word(
            409,
            "{\"error\":{\"status\":409,\"reason\":\"Unhealthy\",\"message\":\"not usable\"}}"));
    second.words.add(ADMITTED);
    try (var switchovers = patient(30)) {
      var outcome = ask(switchovers, new SwitchRequest("pg-1", true));
      assertThat(outcome.accepted()).isFalse();
      assertThat(outcome.message()).isEqualTo("not usable; accepted by p-1");
    }
    assertThat(first.wishes).containsExactly("{\"name\":\"pg-1\",\"force\":true}");
  }

  @Test
  @DisplayName("a pod that cannot tell yet is asked again")
  void retried() throws Exception {
    first.words.add(new FakeDataPlane.Word(503, "{}"));
    first.words.add(new FakeDataPlane.Word(202, "{\"outcome\":\"Asked\"}"));
    first.words.add(
        new FakeDataPlane.Word(404, "{\"error\":{\"reason\":\"NotFound\",\"message\":\"m\"}}"));
    first.words.add(ADMITTED);
    second.words.addAll(List.of(ADMITTED, ADMITTED, ADMITTED, ADMITTED));
    try (var switchovers = patient(30)) {
      assertThat(ask(switchovers, WISH).accepted()).isTrue();
    }
    assertThat(first.wishes).hasSize(4);
  }

  @Test
  @DisplayName("a wish that nobody answers is given up")
  void unanswered() throws Exception {
    try (var switchovers = patient(0)) {
      assertThat(ask(switchovers, WISH).message()).contains("no answer: status 500");
    }
  }

  private Switchovers patient(int seconds) {
    var timing = new Switchovers.Timing(Duration.ofMillis(10), Duration.ofSeconds(seconds));
    return new Switchovers(InstantSource.system(), timing);
  }

  private SwitchOutcome ask(Switchovers switchovers, SwitchRequest wish)
      throws InterruptedException {
    var pods = List.of(first.address("p-0"), second.address("p-1"));
    var known = switchovers.ask(POSTGRES, wish, client, () -> pods, decided::add);
    if (known.isPresent()) {
      return known.get();
    }
    assertThat(decided.poll(30, TimeUnit.SECONDS)).isEqualTo(POSTGRES);
    return switchovers.ask(POSTGRES, wish, client, () -> pods, decided::add).orElseThrow();
  }
}
