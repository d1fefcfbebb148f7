package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.FloatingIpStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnCluster.class)
class FloatingIpGroupE2E {
  private static final Kubectl SYSTEM = new Kubectl(Helm.NAMESPACE);
  private static final String SCRAPER = "a-token-of-a-scraper-0123456789";

  private static String manifest(String more) {
    return manifest("web", more);
  }

  private static String manifest(String name, String more) {
    return """
    apiVersion: holdfast.dev/v1alpha1
    kind: FloatingIpGroup
    metadata: {name: %s}
    spec:
      provider: {hetzner: {tokenSecretRef: {name: hcloud, key: token}, endpoint: "%s"}}
      servers: {labelSelector: role=lb}
      floatingIps: {labelSelector: role=lb}
      pollInterval: 2s
      pollTimeout: 2s
      planner: {rebalance: {policy: Immediate}}
      checks:
        - {name: up, tcp: {port: 8080}, interval: 500ms, timeout: 400ms, fall: 2, rise: 2}
    """
            .formatted(name, Cloud.ENDPOINT)
        + more.indent(2);
  }

  /** Two servers that can be made unhealthy, and a cloud that knows them. */
  private static Cloud cloud(TestNamespace namespace, int actionDelayMillis) {
    var box = new Box(namespace);
    for (var name : List.of("lb-1", "lb-2")) {
      box.start(name, List.of(box.container(name, "toggled.sh", Map.of())));
    }
    var addresses = List.of("lb-1", "lb-2").stream().map(name -> address(namespace, box, name));
    return Cloud.start(namespace.client(), addresses.toList(), actionDelayMillis);
  }

  private static String address(TestNamespace namespace, Box box, String pod) {
    box.awaitReady(pod);
    var found = namespace.client().pods().inNamespace(namespace.name()).withName(pod).get();
    return Objects.requireNonNull(found).getStatus().getPodIP();
  }

  private static void secret(TestNamespace namespace, String token) {
    namespace
        .kubectl()
        .apply(
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: hcloud}
            stringData: {token: %s}
            """
                .formatted(token));
  }

  private static void signal(TestNamespace namespace, String pod, String signal) {
    namespace.kubectl().run("exec", pod, "--", "kill", "-" + signal, "1");
  }

  private static FloatingIpGroupStatus status(TestNamespace namespace) {
    return namespace.groupStatus("web");
  }

  private static void awaitCondition(TestNamespace namespace, String wanted) {
    awaitCondition(namespace, "web", wanted);
  }

  private static void awaitCondition(TestNamespace namespace, String group, String wanted) {
    within(180)
        .ignoreExceptions()
        .untilAsserted(() ->
            assertThat(conditions(namespace, group))
                .extracting(c -> "%s=%s/%s".formatted(c.getType(), c.getStatus(), c.getReason()))
                .contains(wanted));
  }

  private static List<Condition> conditions(TestNamespace namespace, String group) {
    return namespace.groupStatus(group).conditions();
  }

  private static void awaitAllAt(TestNamespace namespace, String server) {
    within(180)
        .ignoreExceptions()
        .untilAsserted(() ->
            assertThat(status(namespace).floatingIps())
                .hasSize(4)
                .extracting(FloatingIpStatus::server)
                .containsOnly(server));
  }

  private static void awaitSpread(TestNamespace namespace) {
    within(180)
        .ignoreExceptions()
        .untilAsserted(() ->
            assertThat(status(namespace).floatingIps())
                .extracting(FloatingIpStatus::server)
                .containsExactlyInAnyOrder("lb-1", "lb-1", "lb-2", "lb-2"));
    awaitCondition(namespace, "Ready=True/Converged");
  }

  @Test
  @DisplayName("IPs leave a server that is unhealthy, and come back; the token is seen nowhere")
  void failover(TestNamespace namespace) {
    try (var cloud = cloud(namespace, 500)) {
      namespace.kubectl().apply(manifest(""));
      awaitCondition(namespace, "CredentialsValid=False/ReferenceMissing");
      secret(namespace, Cloud.TOKEN);
      awaitSpread(namespace);

      var before = Instant.now();
      signal(namespace, "lb-1", "USR1");
      awaitAllAt(namespace, "lb-2");
      Measurements.add(
          "floating IPs: server's death to last IP moved in status, moves of 0.5 s",
          Duration.between(before, Instant.now()));

      signal(namespace, "lb-1", "USR2");
      awaitSpread(namespace);
      assertThat(namespace.kubectl().run("get", "floatingipgroups"))
          .contains("IN-PLACE")
          .containsPattern("web +True +4 +4 +0 +Apply");
      assertThat(namespace.kubectl().run("get", "events", "-o", "yaml"))
          .contains("reason: ServerUnhealthy", "reason: PlanApplied")
          .doesNotContain(Cloud.TOKEN);
      assertThat(namespace.kubectl().run("get", "fipg", "-o", "yaml")).doesNotContain(Cloud.TOKEN);
    }
  }

  @Test
  @DisplayName("mode Plan shows and moves nothing; mode Approve moves what was approved, once")
  void modes(TestNamespace namespace) {
    secret(namespace, Cloud.TOKEN);
    try (var cloud = cloud(namespace, 100)) {
      namespace.kubectl().apply(manifest("mode: Plan"));
      awaitCondition(namespace, "PlanConverged=False/PlanOnly");
      assertThat(status(namespace).pendingMoves()).isEqualTo(1);

      namespace.kubectl().apply(manifest("mode: Approve"));
      awaitCondition(namespace, "PlanConverged=False/AwaitingApproval");
      var plan = Objects.requireNonNull(status(namespace).plan()).id();
      assertThat(status(namespace).floatingIps().get(3).server()).isNull();

      namespace.kubectl().run("annotate", "fipg", "web", "holdfast.dev/approve-plan=" + plan);
      awaitSpread(namespace);
      within(120)
          .untilAsserted(() ->
              assertThat(namespace.kubectl().run("get", "fipg", "web", "-o", "yaml"))
                  .doesNotContain("approve-plan: " + plan));
    }
  }

  @Test
  @DisplayName("a wrong token is a condition until it is right; deletion never waits for one")
  void wrongToken(TestNamespace namespace) {
    secret(namespace, "not-the-token");
    try (var cloud = cloud(namespace, 100)) {
      namespace.kubectl().apply(manifest("deletionPolicy: Unassign"));
      awaitCondition(namespace, "CredentialsValid=False/Unauthorized");
      secret(namespace, Cloud.TOKEN);
      awaitSpread(namespace);

      secret(namespace, "not-the-token");
      namespace.kubectl().run("delete", "fipg", "web", "--timeout=60s");
      within(60)
          .untilAsserted(() ->
              assertThat(namespace.kubectl().run("get", "events", "-o", "yaml"))
                  .contains("reason: UnassignFailed"));
    }
  }

  @Test
  @DisplayName(
      "of two groups that want the same IPs the older moves them; both say so while it lasts")
  void twoGroups(TestNamespace namespace) {
    secret(namespace, Cloud.TOKEN);
    try (var cloud = cloud(namespace, 100)) {
      namespace.kubectl().apply(manifest(""));
      awaitSpread(namespace);
      namespace.kubectl().apply(manifest("web-again", ""));
      awaitCondition(namespace, "web-again", "OwnershipConflict=True/OlderGroupMoves");
      awaitCondition(namespace, "OwnershipConflict=True/YoungerGroupYields");

      namespace.kubectl().run("delete", "fipg", "web", "--timeout=60s");
      within(180)
          .untilAsserted(() ->
              assertThat(conditions(namespace, "web-again"))
                  .extracting(Condition::getType)
                  .doesNotContain("OwnershipConflict"));
      signal(namespace, "lb-1", "USR1");
      within(180)
          .ignoreExceptions()
          .untilAsserted(() ->
              assertThat(namespace.groupStatus("web-again").floatingIps())
                  .extracting(FloatingIpStatus::server)
                  .containsOnly("lb-2"));
    }
  }

  @Test
  @DisplayName("whoever has the token reads the figures of a group from the operator, nobody else")
  void metrics(Installation installation, TestNamespace namespace) throws Exception {
    secret(namespace, Cloud.TOKEN);
    SYSTEM.apply(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: scraper}
        stringData: {token: %s}
        """
            .formatted(SCRAPER));
    try (var cloud = cloud(namespace, 100)) {
      namespace.kubectl().apply(manifest(""));
      awaitSpread(namespace);
      installation.helm().upgrade("metrics.tokenSecret.name=scraper");
      try (var operator = OperatorFigures.open(namespace.client())) {
        var web = "resource=\"%s/web\"".formatted(namespace.name());
        // the group is the next leader's once the one before has let go
        within(180)
            .ignoreExceptions()
            .untilAsserted(() ->
                assertThat(operator.read(SCRAPER).body().lines())
                    .contains(
                        "holdfast_floating_ip_ready{%s} 1.0".formatted(web),
                        "holdfast_floating_ip_ips{%s,state=\"in_place\"} 4.0".formatted(web),
                        "holdfast_floating_ip_moves_total{%s,result=\"failed\"} 0.0".formatted(web),
                        "holdfast_floating_ip_server_health{health=\"healthy\",%s,server=\"lb-1\"} 1.0"
                            .formatted(web))
                    .noneMatch(line -> line.contains(Cloud.TOKEN)));
        assertThat(operator.read("x" + SCRAPER).statusCode()).isEqualTo(401);
      } finally {
        installation.helm().rollback();
      }
    } finally {
      SYSTEM.run("delete", "secret", "scraper");
    }
  }

  @Test
  @DisplayName("an operator that is killed in the middle of moves leaves none undone")
  void killed(TestNamespace namespace) {
    secret(namespace, Cloud.TOKEN);
    try (var cloud = cloud(namespace, 3000)) {
      namespace.kubectl().apply(manifest(""));
      awaitSpread(namespace);

      signal(namespace, "lb-1", "USR1");
      within(120)
          .ignoreExceptions()
          .until(() ->
              status(namespace).floatingIps().stream().anyMatch(ip -> ip.state().equals("Moving")));
      SYSTEM.run("delete", "pod", "-l", Helm.OPERATOR_PODS, "--force", "--grace-period=0");
      within(120)
          .ignoreExceptions()
          .untilAsserted(() ->
              assertThat(status(namespace).floatingIps())
                  .extracting(FloatingIpStatus::server)
                  .containsOnly("lb-2"));
      SYSTEM.run("rollout", "status", "deployment/" + Helm.OPERATOR, "--timeout=60s");
    }
  }
}
