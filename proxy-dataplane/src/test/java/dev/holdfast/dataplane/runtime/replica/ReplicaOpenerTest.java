package dev.holdfast.dataplane.runtime.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.dataplane.agreement.replica.Replica;
import dev.holdfast.dataplane.agreement.replica.ReplicaAddress;
import dev.holdfast.dataplane.agreement.replica.ReplicaMessage;
import dev.holdfast.dataplane.agreement.replica.Replicas;
import dev.holdfast.dataplane.agreement.replica.WireFormat;
import dev.holdfast.dataplane.config.ConfigReader;
import dev.holdfast.dataplane.config.ConfigResult;
import dev.holdfast.dataplane.config.ProxyConfig;
import dev.holdfast.dataplane.runtime.Rig;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReplicaOpenerTest {
  private static final String BACKENDS = "backends: [{name: a, host: a.db, port: 1}]\n";
  private static final ProxyConfig ALONE = config(BACKENDS);
  private static final ProxyConfig THREE =
      config(BACKENDS + "replicas: 3\nconnections: {onPrimaryChange: {policy: Sever}}\n");

  @Test
  @DisplayName("A pod that is one too many starts nothing, but one that runs follows the others")
  void leaving() {
    var opener = pod("db-4", new PodPeers("db-pods", 7947));
    var agreement = Objects.requireNonNull(THREE.agreement());
    assertThat(opener.next(THREE, agreement))
        .extracting(ReplicaAddress::name)
        .containsExactly("db-0", "db-1", "db-2");
    opener.check(THREE);
    assertThatThrownBy(() -> opener.opening(THREE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"db-4\"");
  }

  @Test
  @DisplayName("A pod that was made to agree decides nothing alone, whatever it reads")
  void neverAlone() {
    var together = pod("db-0", new PodPeers("db-pods", 7947));
    assertThatThrownBy(() -> together.opening(ALONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--peer-service");
    assertThat(pod("db-0", null).opening(ALONE)).isNull();
  }

  @Test
  @DisplayName("A pod that was made to decide alone does not begin to agree")
  void neverTogether() {
    assertThatThrownBy(() -> pod("db-0", null).opening(THREE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--peer-service");
  }

  private static ReplicaOpener pod(String name, PodPeers peers) {
    return new ReplicaOpener(
        name,
        new AgreementOptions(
            new Replicas() {
              @Override
              public <C, S, M extends ReplicaMessage> Replica<C, S, M> open(
                  Place place, WireFormat<C, S, M> format) {
                throw new AssertionError("opened " + place);
              }
            },
            Path.of("unused"),
            peers));
  }

  private static ProxyConfig config(String spec) {
    return (ProxyConfig)
        ((ConfigResult.Accepted) ConfigReader.read(Rig.manifest("uid", 1, spec))).config();
  }
}
