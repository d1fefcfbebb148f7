package dev.holdfast.dataplane.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.dataplane.agreement.replica.ReplicaAddress;
import dev.holdfast.dataplane.failover.FailoverState.Floor;
import dev.holdfast.manifest.Manifest;
import dev.holdfast.manifest.ManifestReader;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgreementConverterTest {
  private static final String PEERS =
      "peers: [{name: p, host: h, port: 1}, {name: q, host: i, port: 2}, {name: r, host: j,"
          + " port: 3}]\n";
  private static final String BASE =
      """
      listen: {port: 1}
      backends: [{name: a, host: a.db, port: 1}]
      """;
  private static final String SEVER = "connections: {onPrimaryChange: {policy: Sever}}\n";

  @Test
  @DisplayName("Peers agree outside a cluster, replicas within one, and one alone with nobody")
  void who() {
    assertThat(accepted(null, "paused: false\n").agreement()).isNull();
    assertThat(accepted("uid", "paused: false\n").agreement()).isNull();
    assertThat(accepted(null, "replicas: 3\n").agreement()).as("alone, as it is written").isNull();
    assertThat(accepted(null, PEERS + SEVER).agreement().peers())
        .containsExactly(
            new ReplicaAddress("p", "h", 1),
            new ReplicaAddress("q", "i", 2),
            new ReplicaAddress("r", "j", 3));
    assertThat(accepted("uid", "replicas: 5\n" + SEVER).agreement().replicas()).isEqualTo(5);
    assertThat(accepted("uid", "replicas: 3\nagreement: {mode: None}\n").agreement()).isNull();
    assertThat(accepted("uid", "replicas: 3\nselection: {mode: FirstHealthy}\n").agreement())
        .isNull();
  }

  @Test
  @DisplayName("Who agrees is not alone; who decides by itself outside a cluster is")
  void alone() {
    assertThat(accepted(null, PEERS + SEVER).alone()).isFalse();
    assertThat(accepted(null, "paused: false\n").alone()).isTrue();
  }

  @Test
  @DisplayName("A verdict counts for two intervals of the slowest check, and its timeout")
  void verdictAge() {
    var checks =
        "checks: [{name: a, tcp: {}, interval: 2s, timeout: 1s}, {name: b, tcp: {}, interval: 10s,"
            + " timeout: 3s}]\n";
    var agreement = accepted(null, PEERS + SEVER + checks).agreement();
    assertThat(agreement.verdictAge()).isEqualTo(Duration.ofSeconds(23));
    assertThat(agreement.leaseDuration()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  @DisplayName("The group and its highest epoch are taken from what the operator wrote down")
  void recorded() {
    var group = UUID.randomUUID();
    var lost = UUID.randomUUID();
    var manifest = manifest("uid", BASE.indent(2) + ("replicas: 3\n" + SEVER).indent(2), "");
    manifest.tree().putObject("status").put("clusterId", group.toString()).put("epoch", 9);
    ((ObjectNode) manifest.tree().path("metadata"))
        .putObject("annotations")
        .put("holdfast.dev/rebootstrap", lost.toString());
    var result = ConfigReader.read(manifest);
    assertThat(((ProxyConfig) ((ConfigResult.Accepted) result).config()).agreement().recorded())
        .isEqualTo(new RecordedGroup(group, lost, 9));
    assertThat(accepted(null, PEERS + SEVER).agreement().recorded())
        .isEqualTo(new RecordedGroup(null, null, 0));
  }

  @Test
  @DisplayName("An epoch above the last primary's was given to nobody who is known, and is passed")
  void epochOfNobody() {
    var manifest = manifest("uid", BASE.indent(2), "");
    var status = manifest.tree().putObject("status").put("epoch", 7);
    status.putObject("primary").put("name", "a").put("epoch", 7);
    assertThat(floor(manifest)).isEqualTo(new Floor("a", 7));
    status.put("epoch", 9);
    assertThat(floor(manifest)).isEqualTo(Floor.ofNobody(9));
  }

  private static Floor floor(Manifest manifest) {
    return ((ProxyConfig) ((ConfigResult.Accepted) ConfigReader.read(manifest)).config()).floor();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          agreement: {mode: Raft}, replicas: 4                              | 3, 5 or 7 replicas
          agreement: {mode: Raft}                                           | 3, 5 or 7 replicas
          agreement: {mode: Auto}, replicas: 3                              | Sever
          agreement: {mode: Raft}, replicas: 3, selection: {mode: FirstHealthy} | FirstHealthy
          """)
  @DisplayName("What cannot agree is refused, with what is wrong")
  void refused(String fields, String why) {
    var result = ConfigReader.read(manifest("uid", "", "{" + COMMON + ", " + fields + "}"));
    assertThat(((ConfigResult.Refused) result).problems().toString()).contains(why);
  }

  private static final String COMMON =
      "listen: {port: 1}, backends: [{name: a, host: a.db, port: 1}]";

  private static ProxyConfig accepted(@Nullable String uid, String spec) {
    var result = ConfigReader.read(manifest(uid, (BASE + spec).indent(2), ""));
    return (ProxyConfig) ((ConfigResult.Accepted) result).config();
  }

  private static Manifest manifest(@Nullable String uid, String block, String inline) {
    var text =
        """
        apiVersion: holdfast.dev/v1alpha1
        kind: FailoverProxy
        metadata: {name: db}
        spec: %s
        """
                .formatted(inline)
            + block;
    var read = ManifestReader.trustingRules().read("test.yaml", text);
    assertThat(read.problems()).isEmpty();
    var manifest = read.manifests().getFirst();
    return new Manifest(
        manifest.kind(),
        manifest.namespace(),
        manifest.name(),
        uid,
        1,
        manifest.file(),
        manifest.tree());
  }
}
