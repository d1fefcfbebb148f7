package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.FloatingIpStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnCluster.class)
class FloatingIpGroupE2E {
  @Test
  @DisplayName("IPs leave a server that is unhealthy, and come back; the token is seen nowhere")
  void failover(TestNamespace namespace) {
    var web = IpGroup.web(namespace);
    try (var cloud = IpGroup.cloud(namespace, 500)) {
      web.apply("");
      web.awaitCondition("CredentialsValid=False/ReferenceMissing");
      IpGroup.secret(namespace, Cloud.TOKEN);
      web.awaitSpread();

      var before = Instant.now();
      IpGroup.unhealthy(namespace, "lb-1");
      web.awaitAllAt("lb-2");
      Measurements.add(
          "floating IPs: server's death to last IP moved in status, moves of 0.5 s",
          Duration.between(before, Instant.now()));

      IpGroup.healthy(namespace, "lb-1");
      web.awaitSpread();
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
    var web = IpGroup.web(namespace);
    IpGroup.secret(namespace, Cloud.TOKEN);
    try (var cloud = IpGroup.cloud(namespace, 100)) {
      web.apply("mode: Plan");
      web.awaitCondition("PlanConverged=False/PlanOnly");
      assertThat(web.status().pendingMoves()).isEqualTo(1);

      web.apply("mode: Approve");
      web.awaitCondition("PlanConverged=False/AwaitingApproval");
      var plan = Objects.requireNonNull(web.status().plan()).id();
      assertThat(web.status().floatingIps().get(3).server()).isNull();

      namespace.kubectl().run("annotate", "fipg", "web", "holdfast.dev/approve-plan=" + plan);
      web.awaitSpread();
      within(120)
          .untilAsserted(() ->
              assertThat(namespace.kubectl().run("get", "fipg", "web", "-o", "yaml"))
                  .doesNotContain("approve-plan: " + plan));
    }
  }

  @Test
  @DisplayName("a wrong token is a condition until it is right; deletion never waits for one")
  void wrongToken(TestNamespace namespace) {
    var web = IpGroup.web(namespace);
    IpGroup.secret(namespace, "not-the-token");
    try (var cloud = IpGroup.cloud(namespace, 100)) {
      web.apply("deletionPolicy: Unassign");
      web.awaitCondition("CredentialsValid=False/Unauthorized");
      IpGroup.secret(namespace, Cloud.TOKEN);
      web.awaitSpread();

      IpGroup.secret(namespace, "not-the-token");
      web.delete();
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
    var web = IpGroup.web(namespace);
    var again = new IpGroup(namespace, "web-again");
    IpGroup.secret(namespace, Cloud.TOKEN);
    try (var cloud = IpGroup.cloud(namespace, 100)) {
      web.apply("");
      web.awaitSpread();
      again.apply("");
      again.awaitCondition("OwnershipConflict=True/OlderGroupMoves");
      web.awaitCondition("OwnershipConflict=True/YoungerGroupYields");

      web.delete();
      within(180)
          .untilAsserted(() ->
              assertThat(again.conditions())
                  .extracting(Condition::getType)
                  .doesNotContain("OwnershipConflict"));
      IpGroup.unhealthy(namespace, "lb-1");
      within(180)
          .ignoreExceptions()
          .untilAsserted(() ->
              assertThat(again.status().floatingIps())
                  .extracting(FloatingIpStatus::server)
                  .containsOnly("lb-2"));
    }
  }
}
