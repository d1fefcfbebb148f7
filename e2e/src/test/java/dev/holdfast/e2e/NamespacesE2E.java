package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnCluster.class)
class NamespacesE2E {

  @Test
  @DisplayName("two proxies of the same name in two namespaces do not meet")
  void sameName(TestNamespace red, TestNamespace blue) {
    new Box(red).startBackends("red-0", "red-1");
    new Box(blue).startBackends("blue-0", "blue-1");
    red.kubectl().apply(ProxyManifest.of("postgres", "red-0", "red-1").toString());
    blue.kubectl().apply(ProxyManifest.of("postgres", "blue-0", "blue-1").toString());
    red.awaitReady("postgres");
    blue.awaitReady("postgres");
    var inRed = Traffic.start(red, "postgres", 5432);
    var inBlue = Traffic.start(blue, "postgres", 5432);

    var before = Instant.now();
    new Box(red).kill("red-0");
    red.awaitPrimary("postgres", "red-1", 60);
    inRed.awaitAnswer("red-1", before, 60);
    red.kubectl().run("delete", "fop", "postgres", "--timeout=30s");
    within(60)
        .until(() ->
            red.client().pods().inNamespace(red.name()).withName("postgres-fop-0").get() == null);

    within(60)
        .ignoreExceptions()
        .until(() -> inRed.fresh().getLast().outcome(), Exchange.Outcome.FAILED::equals);
    inBlue.assertNothingLost(before);
    assertThat(inBlue.fresh()).allMatch(e -> e.answeredBy("blue-0"));
    assertThat(inRed.fresh()).noneMatch(e -> e.answeredBy("blue-0") || e.answeredBy("blue-1"));
    assertThat(blue.status("postgres").primary().name()).isEqualTo("blue-0");
    assertThat(blue.events("postgres", e -> e.getReason().equals("FailedOver"))).isEmpty();
  }
}
