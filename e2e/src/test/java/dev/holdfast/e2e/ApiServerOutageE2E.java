package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated(OnCluster.API_SERVER_GOES)
@ExtendWith(OnCluster.class)
class ApiServerOutageE2E {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String VARIABLE = "HOLDFAST_E2E_RESTART_APISERVER";

  @Test
  @DisplayName("an API server that restarts loses no connection, and the operator recovers")
  void restart(TestNamespace namespace) {
    var restart = System.getenv(VARIABLE);
    assumeTrue(
        restart != null && !restart.isBlank(),
        VARIABLE
            + " is not set: expected the command that restarts the API server of this cluster");
    var box = new Box(namespace);
    box.startBackends("pg-0", "pg-1");
    namespace.applyAndAwaitReady(
        ProxyManifest.of("postgres", "pg-0", "pg-1").toString(), "postgres");
    var traffic = Traffic.start(namespace, "postgres", 5432);
    var started = apiServerStart(namespace);

    var before = Instant.now();
    Command.run(Duration.ofSeconds(30), List.of("sh", "-c", restart)).outputOrFail();
    within(90)
        .ignoreExceptions()
        .until(() -> apiServerStart(namespace), start -> !start.equals(started));

    OperatorAbsenceE2E.assertOperatorWorks(namespace);
    traffic.assertNothingLost(before);
    box.kill("pg-0");
    namespace.awaitPrimary("postgres", "pg-1", 60);
  }

  @Test
  @DisplayName("with the API server away for a minute, pods that agree replace a primary that dies")
  void away(TestNamespace namespace) {
    var node = Node.ofThisCluster();
    var proxy = AgreedProxy.start(namespace, AgreedProxy.manifest("postgres", 3));
    proxy.awaitAgreed(3);
    var begun = Instant.now();
    var traffic = Traffic.start(namespace, "postgres", 5432);
    traffic.awaitAnswer("pg-0", begun, 60);
    var primary = namespace.client().pods().inNamespace(namespace.name()).withName("pg-0").get();

    var epoch = proxy.epoch();
    var before = Instant.now();
    Instant back;
    try (var _ = node.stopApiServer();
        var _ = node.silence(primary.getStatus().getPodIP())) {
      await().pollDelay(MINUTE).atMost(MINUTE.multipliedBy(2)).until(() -> true);
      back = Instant.now();
    }

    namespace.awaitPrimary("postgres", "pg-1", 120);
    assertThat(proxy.epoch()).isGreaterThan(epoch);
    var answered = traffic.awaitAnswer("pg-1", before, 60);
    assertThat(answered.end()).isBefore(back);
    Measurements.add(
        "primary silent, API server away, until a client is answered",
        Duration.between(before, answered.end()));
    proxy.awaitAgreed(3);
    Evidence.since(begun, List.of(traffic)).assertOneAfterTheOther("pg-0", "pg-1");
  }

  private static String apiServerStart(TestNamespace namespace) {
    return namespace
        .client()
        .raw("/metrics")
        .lines()
        .filter(line -> line.startsWith("process_start_time_seconds "))
        .findFirst()
        .orElseThrow();
  }
}
