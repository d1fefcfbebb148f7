package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnCluster.class)
class QuietE2E {
  private static final Duration QUIET = Duration.ofSeconds(15);

  @Test
  @DisplayName("while nothing happens nothing is written")
  void noWrites(TestNamespace namespace) {
    new Box(namespace).startBackends("pg-0", "pg-1");
    namespace.applyAndAwaitReady(
        ProxyManifest.of("postgres", "pg-0", "pg-1").toString(), "postgres");
    within(60).until(() -> namespace.status("postgres").healthyBackends(), "2/2"::equals);
    Traffic.start(namespace, "postgres", 5432);

    var settled = versions(namespace);
    within(60)
        .conditionEvaluationListener(seen -> {})
        .during(QUIET)
        .until(() -> versions(namespace), settled::equals);
  }

  private static String versions(TestNamespace namespace) {
    return namespace
        .kubectl()
        .run(
            "get",
            "failoverproxies,services,statefulsets,configmaps,secrets,serviceaccounts,"
                + "poddisruptionbudgets,networkpolicies,events",
            "--field-selector=metadata.name!=traffic",
            "-o",
            "jsonpath={range .items[*]}{.kind} {.metadata.name}"
                + " {.metadata.resourceVersion}{'\\n'}{end}");
  }
}
