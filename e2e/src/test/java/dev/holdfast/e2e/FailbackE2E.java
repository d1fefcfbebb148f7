package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnCluster.class)
class FailbackE2E {

  @Test
  @DisplayName("a preferred backend that is back is primary at once, or after a stable time")
  void immediateAndAfterStable(TestNamespace namespace) {
    var box = new Box(namespace);
    box.startBackends("pg-0", "pg-1");
    namespace.kubectl().apply(failingBack("immediate", "{policy: Immediate}"));
    namespace.applyAndAwaitReady(
        failingBack("stable", "{policy: AfterStable, stableFor: 8s}"), "stable");
    namespace.awaitReady("immediate");

    box.kill("pg-0");
    namespace.awaitPrimary("immediate", "pg-1", 60);
    namespace.awaitPrimary("stable", "pg-1", 60);
    namespace.awaitCondition("stable", "Degraded=True/ServingFromStandby", 60);
    box.startBackends("pg-0");

    namespace.awaitPrimary("immediate", "pg-0", 60);
    namespace.awaitPrimary("stable", "pg-0", 60);
    assertThat(Duration.between(since(namespace, "immediate"), since(namespace, "stable")))
        .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(15));
    for (var proxy : new String[] {"immediate", "stable"}) {
      namespace.awaitEvent(proxy, "FailedOver", 60, "pg-0 -> pg-1");
      namespace.awaitEvent(proxy, "FailedBack", 60, "pg-1 -> pg-0");
      namespace.awaitCondition(proxy, "Degraded=False/AsWanted", 60);
    }
  }

  private static Instant since(TestNamespace namespace, String proxy) {
    return Instant.parse(namespace.status(proxy).primary().since());
  }

  private static String failingBack(String name, String policy) {
    return ProxyManifest.of(name, "pg-0", "pg-1")
        .with("selection: {failback: %s}".formatted(policy))
        .toString();
  }
}
