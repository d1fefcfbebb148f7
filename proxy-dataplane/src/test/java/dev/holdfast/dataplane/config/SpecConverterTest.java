package dev.holdfast.dataplane.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.failover.Backoff;
import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.Failback;
import dev.holdfast.dataplane.failover.FailoverPolicy.Mode;
import dev.holdfast.dataplane.failover.PrimaryChange;
import dev.holdfast.manifest.ManifestReader;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SpecConverterTest {

  @Test
  @DisplayName("F3 Backends keep their order and their names, host names are not resolved")
  void order() {
    var config =
        read("backends: [{name: z, host: z.db, port: 1}, {name: a, host: '::1', port: 2}]");
    assertThat(config.policy().candidates())
        .containsExactly(
            new Candidate("z", "z.db", 1, Candidate.Wish.Active, false),
            new Candidate("a", "::1", 2, Candidate.Wish.Active, false));
  }

  @Test
  @DisplayName("F18 Without a candidate the waits begin at 1 s and end at 60 s unless set")
  void backoff() {
    assertThat(read(ONE).policy().backoff())
        .isEqualTo(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60)));
    assertThat(read(ONE + "\nselection: {retryBackoff: {max: 5s}}").policy().backoff())
        .isEqualTo(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5)));
  }

  @Test
  @DisplayName("Without a policy Primary stays with its choice and FirstHealthy goes back at once")
  void failback() {
    assertThat(read(ONE).policy().mode()).isEqualTo(Mode.Primary);
    assertThat(read(ONE).policy().failback()).isEqualTo(new Failback.Never());
    assertThat(read(ONE + "\nselection: {mode: FirstHealthy}").policy().failback())
        .isEqualTo(new Failback.Immediate());
    assertThat(
            read(ONE + "\nselection: {failback: {policy: AfterStable, stableFor: 9s}}")
                .policy()
                .failback())
        .isEqualTo(new Failback.AfterStable(Duration.ofSeconds(9)));
  }

  @Test
  @DisplayName("T2 T3 connectTimeout is 5 s and recheckInterval 30 s unless set")
  void times() {
    assertThat(read(ONE).connectTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(read(ONE).policy().recheckInterval()).isEqualTo(Duration.ofSeconds(30));
    var set = read(ONE + "\nselection: {connectTimeout: 2s, recheckInterval: 7s}");
    assertThat(set.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(set.policy().recheckInterval()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  @DisplayName("A probe may take a connect and its slowest check before it counts as lost")
  void probeDeadline() {
    assertThat(read(ONE).policy().probeDeadline()).isEqualTo(Duration.ofSeconds(6));
    var checked =
        read(ONE + "\nchecks: [{name: a, tcp: {}, timeout: 2s}, {name: b, tcp: {}, timeout: 3s}]");
    assertThat(checked.policy().probeDeadline()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  @DisplayName("F19 Only checks that run all the time give verdicts")
  void checked() {
    assertThat(read(ONE + "\nchecks: [{name: a, tcp: {}}]").policy().candidates())
        .allMatch(Candidate::checked);
    assertThat(read(ONE + "\nchecks: [{name: a, tcp: {}, interval: 0s}]").policy().candidates())
        .noneMatch(Candidate::checked);
  }

  @Test
  @DisplayName("What becomes of old connections is taken over with its time")
  void onPrimaryChange() {
    assertThat(read(ONE).policy().onPrimaryChange()).isEqualTo(new PrimaryChange.Keep());
    assertThat(
            read(ONE + "\nconnections: {onPrimaryChange: {policy: Drain, drainTimeout: 3s}}")
                .policy()
                .onPrimaryChange())
        .isEqualTo(new PrimaryChange.Drain(Duration.ofSeconds(3)));
    assertThat(
            read(ONE + "\nconnections: {onPrimaryChange: {policy: Sever}}")
                .policy()
                .onPrimaryChange())
        .isEqualTo(new PrimaryChange.Sever());
  }

  private static final String ONE = "backends: [{name: a, host: a.db, port: 5432}]";

  private static ProxyConfig read(String spec) {
    var text =
        """
        apiVersion: holdfast.dev/v1alpha1
        kind: FailoverProxy
        metadata: {name: db}
        spec:
          listen: {port: 5432}
        """
            + spec.indent(2);
    var read = ManifestReader.checkingRules().read("test.yaml", text);
    assertThat(read.problems()).isEmpty();
    return switch (ConfigReader.read(read.manifests().getFirst())) {
      case ConfigResult.Accepted(ProxyConfig config) -> config;
      case ConfigResult.Accepted(BalancerConfig config) -> throw new AssertionError(config);
      case ConfigResult.Refused(var problems) -> throw new AssertionError(problems);
    };
  }
}
