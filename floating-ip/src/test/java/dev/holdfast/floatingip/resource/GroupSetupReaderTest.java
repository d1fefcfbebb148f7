package dev.holdfast.floatingip.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.api.v1alpha1.FloatingIpGroupSpec;
import dev.holdfast.floatingip.group.GroupCheck.Families;
import dev.holdfast.floatingip.loop.ApplyPolicy;
import dev.holdfast.floatingip.plan.PlannerPolicy;
import dev.holdfast.floatingip.plan.Rebalance;
import dev.holdfast.floatingip.plan.Strategy;
import dev.holdfast.floatingip.plan.WhenAllUnhealthy;
import dev.holdfast.health.probe.CheckKind;
import dev.holdfast.health.reference.MissingReference;
import dev.holdfast.health.reference.Reference;
import dev.holdfast.health.reference.References;
import dev.holdfast.manifest.ManifestReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GroupSetupReaderTest {
  private static final Path MANIFESTS = Path.of("../crds/src/test/resources/manifests/valid");

  private static final Map<Reference, String> SECRETS =
      Map.of(
          Reference.secret("hcloud", "token"), "t0ken\n",
          Reference.secret("hooks", "heartbeat"), "https://push.example/h",
          Reference.secret("hooks", "mattermost"), "https://chat.example/m",
          Reference.secret("hooks", "slack"), "https://slack.example/s",
          Reference.secret("hooks", "webhook"), "https://hook.example/w");

  private static References holding(Map<Reference, String> values) {
    return reference -> {
      var value = values.get(reference);
      if (value == null) {
        throw new MissingReference(reference, "not there");
      }
      return value.getBytes(StandardCharsets.UTF_8);
    };
  }

  private static FloatingIpGroupSpec spec(String file) throws Exception {
    var read = ManifestReader.checkingRules().read(List.of(MANIFESTS.resolve(file)));
    var tree = read.manifests().getFirst().tree().get("spec");
    return new ObjectMapper().treeToValue(tree, FloatingIpGroupSpec.class);
  }

  private static GroupSetup setup(String file, References references) throws Exception {
    return GroupSetupReader.read(new GroupIntent("edge/web", spec(file), true, "5f"), references);
  }

  @Test
  @DisplayName("Every field of the resource reaches the group")
  void everything() throws Exception {
    var group = setup("everything-group.yaml", holding(SECRETS)).group();

    assertThat(group.api().endpoint()).hasToString("http://[fd00::1]:8080/v1");
    assertThat(group.api().token().value()).isEqualTo("t0ken");
    assertThat(group.serverSelector()).isEqualTo("environment in (dev,test), role!=database");
    assertThat(group.floatingIpSelector()).isEqualTo("holdfast.dev/group=web,!legacy");
    assertThat(group.moves().timeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(group.moves().verifyTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(group.verifyPort()).isEqualTo(443);
    var policy = group.policy();
    assertThat(policy.budget().reserve()).isZero();
    assertThat(policy.budget().interval()).isEqualTo(Duration.ofMinutes(2));
    assertThat(policy.pollTimeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(policy.planner())
        .isEqualTo(new PlannerPolicy(Strategy.Canonical, WhenAllUnhealthy.Spread, true));
    assertThat(policy.rebalance()).isEqualTo(new Rebalance.Immediate());
    assertThat(policy.apply()).isEqualTo(new ApplyPolicy(ApplyPolicy.Mode.Approve, true, 10, "5f"));
    assertThat(policy.parallelism()).isEqualTo(1);
  }

  @Test
  @DisplayName("Checks keep their kinds, families and times")
  void checks() throws Exception {
    var checks = setup("everything-group.yaml", holding(SECRETS)).group().checks();

    assertThat(checks.get(0).kind()).isEqualTo(new CheckKind.Tcp(443));
    assertThat(checks.get(1).kind()).isInstanceOf(CheckKind.Http.class);
    assertThat(checks.get(2).kind()).isInstanceOf(CheckKind.Https.class);
    assertThat(checks)
        .extracting(check -> check.families())
        .containsExactly(Families.IPv4, Families.IPv6, Families.Both);
    assertThat(checks)
        .extracting(check -> check.settings().timeout())
        .containsExactly(Duration.ofSeconds(1), Duration.ofMillis(2500), Duration.ofSeconds(4));
  }

  @Test
  @DisplayName("Heartbeat and messages get their secret addresses, which no text shows")
  void secrets() throws Exception {
    var setup = setup("everything-group.yaml", holding(SECRETS));

    assertThat(setup.heartbeat().orElseThrow().url().uri()).hasToString("https://push.example/h");
    assertThat(setup.notifications())
        .extracting(target -> target.url().uri().getHost())
        .containsExactly("chat.example", "slack.example", "hook.example");
    assertThat(setup.toString()).doesNotContain("t0ken", "push.example", "chat.example");
  }

  @Test
  @DisplayName("Whoever says nothing gets no probe after a move, and waits for stability")
  void defaults() throws Exception {
    var setup = setup("smallest-group.yaml", reference -> "t".getBytes(StandardCharsets.UTF_8));

    assertThat(setup.group().moves().verifies()).isFalse();
    assertThat(setup.group().policy().rebalance())
        .isEqualTo(new Rebalance.AfterStable(Duration.ofMinutes(5)));
    assertThat(setup.heartbeat()).isEmpty();
    assertThat(setup.notifications()).isEmpty();
  }

  @Test
  @DisplayName("A secret that is no token, or no URL, is named and not shown")
  void unfit() {
    var bad = Map.of(Reference.secret("hcloud", "token"), "two words");

    assertThatThrownBy(() -> setup("everything-group.yaml", holding(bad)))
        .isInstanceOf(MissingReference.class)
        .hasMessageContaining("secret hcloud, key token")
        .hasMessageNotContaining("two words");
  }

  @Test
  @DisplayName("All references are known, those of checks too")
  void references() throws Exception {
    assertThat(GroupSetupReader.references(spec("everything-group.yaml")))
        .hasSize(6)
        .containsAll(SECRETS.keySet())
        .contains(Reference.secret("probe", "token"));
  }
}
