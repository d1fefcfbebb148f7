package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnCluster.class)
class FailoverE2E {

  @Test
  @DisplayName("F20 when the primary's pod dies, new connections reach the second backend")
  void primaryDies(TestNamespace namespace) {
    var box = new Box(namespace);
    box.startBackends("pg-0", "pg-1");
    namespace.applyAndAwaitReady(
        ProxyManifest.of("postgres", "pg-0", "pg-1").toString(), "postgres");
    var traffic = Traffic.start(namespace, "postgres", 5432);

    try (var history = PrimaryHistory.watch(namespace, "postgres")) {
      var before = Instant.now();
      box.kill("pg-0");
      var death = traffic.awaitBreak(before, 60);
      var firstByte = traffic.awaitAnswer("pg-1", death, 60).end();
      var shown =
          within(60).until(() -> history.firstSeen("pg-1", before), Optional::isPresent).get();
      Measurements.add("primary's death to first byte", Duration.between(death, firstByte));
      Measurements.add("primary's death to status", Duration.between(death, shown));
    }

    assertThat(namespace.status("postgres").lastFailover())
        .satisfies(failover -> {
          assertThat(failover.from()).isEqualTo("pg-0");
          assertThat(failover.to()).isEqualTo("pg-1");
        });
    within(60)
        .untilAsserted(() ->
            assertThat(namespace.events("postgres", e -> e.getReason().equals("FailedOver")))
                .singleElement()
                .satisfies(event ->
                    assertThat(event.getMessage()).contains("pg-0", "pg-1", reason(namespace))));
    assertThat(namespace.kubectl().run("get", "fop", "postgres"))
        .containsPattern("postgres +True +pg-1 +1/2 ");
  }

  @Test
  @DisplayName("RetryNext: a client that meets the dead primary is served by the next one")
  void noNewConnectionFails(TestNamespace namespace) {
    var box = new Box(namespace);
    box.startBackends("pg-0", "pg-1");
    namespace.applyAndAwaitReady(
        ProxyManifest.of("postgres", "pg-0", "pg-1").toString(), "postgres");
    var traffic = Traffic.start(namespace, "postgres", 5432);

    var before = Instant.now();
    box.kill("pg-0");
    var death = traffic.awaitBreak(before, 60);
    traffic.awaitAnswer("pg-1", death, 60);
    traffic.awaitAnswer("pg-1", Instant.now(), 60);

    assertThat(traffic.fresh())
        .filteredOn(e -> e.begin().isAfter(death))
        .as("new connections after the death at %s", death)
        .isNotEmpty()
        .allMatch(e -> e.answeredBy("pg-1"));
    Measurements.add("longest wait of a new connection at a failover", traffic.longestWait(before));
  }

  @Test
  @DisplayName("F23 a data-plane pod that dies comes back with the same primary at the same epoch")
  void dataPlanePodDies(TestNamespace namespace) {
    var box = new Box(namespace);
    box.startBackends("pg-0", "pg-1");
    namespace.applyAndAwaitReady(
        ProxyManifest.of("postgres", "pg-0", "pg-1").toString(), "postgres");
    box.kill("pg-0");
    namespace.awaitPrimary("postgres", "pg-1", 60);
    box.startBackends("pg-0");
    var traffic = Traffic.start(namespace, "postgres", 5432);
    var direct = Traffic.start(namespace, "direct", "postgres-fop-0.postgres-fop-pods", 5432);
    within(60).until(() -> namespace.status("postgres").healthyBackends(), "2/2"::equals);
    var epoch = namespace.status("postgres").primary().epoch();
    var killed = namespace.dataPlanePod("postgres", 0).getMetadata().getUid();

    var before = Instant.now();
    namespace
        .kubectl()
        .run("delete", "pod", "postgres-fop-0", "--grace-period=0", "--force", "--wait=false");
    var death = direct.awaitBreak(before, 60);
    traffic.awaitAnswer("pg-1", death, 60);
    Measurements.add(
        "data-plane pod's death to first byte through the Service",
        Duration.between(death, traffic.awaitAnswer("pg-1", death, 60).end()));
    measureStart(namespace, direct.awaitAnswer("pg-1", death, 60).end());

    namespace.awaitReady("postgres");
    assertThat(namespace.dataPlanePod("postgres", 0).getMetadata().getUid()).isNotEqualTo(killed);
    traffic.awaitAnswer("pg-1", Instant.now(), 60);
    assertThat(traffic.fresh()).noneMatch(e -> e.answeredBy("pg-0"));
    assertThat(namespace.status("postgres").primary())
        .satisfies(primary -> {
          assertThat(primary.name()).isEqualTo("pg-1");
          assertThat(primary.epoch()).isEqualTo(epoch);
        });
  }

  /** From the start of the process to a client's answer. */
  private static void measureStart(TestNamespace namespace, Instant firstAnswer) {
    var script = "echo $EPOCHREALTIME; cat /proc/uptime /proc/1/stat";
    var lines =
        namespace.kubectl().run("exec", "postgres-fop-0", "--", "sh", "-c", script).split("\n");
    var uptime = Double.parseDouble(lines[1].split(" ")[0]);
    // Field 22 of stat(5), in hundredths of a second since boot; counted from 3 behind the name.
    var started = Double.parseDouble(lines[2].substring(lines[2].indexOf(") ") + 2).split(" ")[19]);
    var age = Duration.ofMillis(Math.round(uptime * 1000 - started * 10));
    var start = Exchange.instant(lines[0]).minus(age);
    Measurements.add("data plane's start to first answer", Duration.between(start, firstAnswer));
  }

  private static String reason(TestNamespace namespace) {
    return namespace.status("postgres").lastFailover().reason();
  }
}
