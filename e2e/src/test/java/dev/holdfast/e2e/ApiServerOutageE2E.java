package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnCluster.class)
class ApiServerOutageE2E {
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
    namespace.awaitPrimary("postgres", "pg-1", 30);
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
