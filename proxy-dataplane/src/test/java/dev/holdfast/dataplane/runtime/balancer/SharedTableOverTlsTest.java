package dev.holdfast.dataplane.runtime.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement;
import dev.holdfast.dataplane.admin.access.TestAuthority;
import dev.holdfast.dataplane.agreement.group.place.PeerReplicas;
import dev.holdfast.dataplane.agreement.replica.Replicas;
import dev.holdfast.dataplane.config.BalancedGroup;
import dev.holdfast.dataplane.runtime.SampleBackend;
import dev.holdfast.dataplane.sticky.GroupState;
import dev.holdfast.dataplane.sticky.StickCommand;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedTableOverTlsTest {
  @TempDir Path directory;

  private final SampleBackend blue = SampleBackend.start("blue");
  private final SampleBackend green = SampleBackend.start("green");

  @AfterEach
  void stop() {
    blue.close();
    green.close();
  }

  private List<BalancedGroup> groups(int port) {
    return List.of(
        BalancerRig.group(1, GroupState.Active, List.of(port), blue),
        BalancerRig.group(2, GroupState.Active, List.of(port), green));
  }

  private Map<String, Replicas> peers() throws Exception {
    var authority = new TestAuthority();
    var peers = new HashMap<String, Replicas>();
    for (var name : SharedTableRig.NAMES) {
      var tls = Files.createDirectories(directory.resolve("tls-" + name));
      authority.write(tls, authority.leaf(name + ".peer.games.default.stb.holdfast"));
      peers.put(name, new PeerReplicas(tls, InetAddress.getLoopbackAddress(), new SecureRandom()));
    }
    return peers;
  }

  @Test
  @DisplayName("Over mutual TLS and logs on disk, keys have one group; one that ends is not missed")
  void share() throws Exception {
    var peers = peers();
    try (var rig =
        new SharedTableRig(this::groups, peers::get, name -> directory.resolve("logs-" + name))
            .startAll()) {
      for (int host = 2; host < 12; host++) {
        var group = rig.reached(host, "p1");
        assertThat(rig.reached(host, "p2")).isEqualTo(group);
        assertThat(rig.reached(host, "p3")).isEqualTo(group);
      }
      rig.service("p2")
          .wish(new StickCommand.Change(1, GroupState.Disabled))
          .toCompletableFuture()
          .get(10, TimeUnit.SECONDS);
      for (int host = 2; host < 12; host++) {
        assertThat(rig.reached(host, "p3")).isEqualTo("green");
      }
      assertThat(rig.agreement("p1").state()).isEqualTo(Agreement.State.Agreed);
      var leader = rig.agreement("p1").leader();
      rig.stop(leader);
      var left = SharedTableRig.NAMES.stream().filter(name -> !name.equals(leader)).toList();
      assertThat(rig.reached(20, left.getFirst())).isEqualTo("green");
      assertThat(rig.reached(2, left.getLast())).isEqualTo("green");
    }
  }
}
