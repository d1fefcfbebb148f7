package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnCluster.class)
class HoldE2E {

  @Test
  @DisplayName("clients that come while there is no primary are held and served by the next one")
  void parked(TestNamespace namespace) {
    var box = new Box(namespace);
    box.startBackends("pg-0");
    namespace.applyAndAwaitReady(
        ProxyManifest.of("postgres", "pg-0")
            .with("connections: {whileNoPrimary: {policy: Hold, holdFor: 30s}}")
            .toString(),
        "postgres");
    var traffic = Traffic.start(namespace, "postgres", 5432);

    var before = Instant.now();
    box.kill("pg-0");
    var death = traffic.awaitBreak(before, 60);
    namespace.awaitCondition("postgres", "Ready=False/NoPrimary", 60);
    var back = Instant.now();
    box.startBackends("pg-0");
    traffic.awaitAnswer("pg-0", back, 60);

    assertThat(traffic.fresh())
        .filteredOn(e -> e.begin().isAfter(death))
        .as("connections that were opened after the death at %s", death)
        .isNotEmpty()
        .allMatch(e -> e.answeredBy("pg-0"));
    assertThat(traffic.longestWait(before)).isGreaterThan(Duration.ofSeconds(1));
    Measurements.add("longest time that a client was held", traffic.longestWait(before));
    namespace.awaitEvent("postgres", "PrimaryLost", 60, "pg-0");
    namespace.awaitCondition("postgres", "Ready=True/Serving", 60);
  }
}
