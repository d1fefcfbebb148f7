package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One check, and pods of which some cannot reach what it checks. */
@ExtendWith(OnCluster.class)
class VotesE2E {
  private static final String BLUE_VOTES =
      "jsonpath={.items[0].status.groups[?(@.name==\"blue\")].votes}";

  @Test
  @DisplayName("S16 a group goes out when a majority of the pods finds it failed, and not before")
  void majority(TestNamespace namespace) {
    var node = Node.ofThisCluster();
    new Box(namespace).startBackends("blue", "green");
    var balancer = Balancer.apply(namespace, "replicas: 3");
    balancer.awaitInSync(3);
    balancer.awaitVotes("blue", "3/3");
    var leader = Objects.requireNonNull(balancer.status().leader());
    var others =
        IntStream.range(0, 3).mapToObj(balancer::podName).filter(p -> !p.equals(leader)).toList();
    var start = Instant.now();
    var known = Traffic.start(namespace, "known", balancer.host(others.getLast()), 5432);
    assertThat(known.firstBackend()).isEqualTo("blue");

    var blue = address(balancer, "blue");
    try (var _ = node.cut(address(balancer, others.getFirst()), blue)) {
      assertOutvoted(namespace, balancer, others.getFirst());
      try (var _ = node.cut(address(balancer, leader), blue)) {
        assertOut(namespace, balancer);
        known.awaitAnswer("blue", Instant.now(), 60);
      }
      balancer.awaitGroup("blue", "Active Spec", 60);
      balancer.awaitEvent("Normal", "GroupActive", "blue");
      balancer.awaitVotes("blue", "2/3");
    }
    balancer.awaitVotes("blue", "3/3");
    balancer.awaitConditions(60, "Ready=True/Serving", "Degraded=False/AsWanted");
    assertThat(balancer.columns()).startsWith("game", "True", "2/2");
    known.awaitAnswer("blue", Instant.now(), 60);
    Evidence.since(start, List.of(known)).assertOnly("blue");
  }

  /** The group stays, and that somebody sees it otherwise is shown. */
  private static void assertOutvoted(TestNamespace namespace, Balancer balancer, String pod) {
    balancer.awaitVotes("blue", "2/3");
    assertThat(namespace.kubectl().run("get", "stb", "-o", BLUE_VOTES)).isEqualTo("2/3");
    assertThat(balancer.columns()).startsWith("game", "True", "2/2");
    var admin = balancer.admin();
    var check = admin.group(pod, "blue").path("checks").path(0);
    assertThat(check.path("health").asText()).isEqualTo("Unhealthy");
    assertThat(check.path("reason").asText()).isNotEmpty();
    within(60)
        .ignoreExceptions()
        .until(
            () -> admin.group(String.valueOf(balancer.status().leader()), "blue").path("votes"),
            votes -> votes.asText().equals("2/3"));
    assertThat(balancer.group("blue").effective()).isEqualTo("Active");
  }

  private static void assertOut(TestNamespace namespace, Balancer balancer) {
    balancer.awaitGroup("blue", "Draining Check/up", 60);
    balancer.awaitVotes("blue", "2/3");
    balancer.awaitConditions(60, "Ready=True/Serving", "Degraded=True/GroupsOut");
    balancer.awaitEvent("Warning", "GroupDraining", "Check/up");
    assertThat(balancer.columns()).startsWith("game", "True", "1/2");
    // The second of them would get blue, which has no more keys than green by then.
    for (var stranger : List.of("one", "another")) {
      var traffic = Traffic.start(namespace, stranger, "game", 5432);
      assertThat(traffic.firstBackend()).isEqualTo("green");
    }
  }

  private static String address(Balancer balancer, String pod) {
    return balancer.pod(pod).getStatus().getPodIP();
  }
}
