package dev.holdfast.dataplane.agreement.raft;

import static dev.holdfast.dataplane.agreement.raft.Cluster.get;
import static dev.holdfast.dataplane.agreement.raft.Cluster.members;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.agreement.peer.TestPeers;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RaftOverTlsTest {
  @TempDir private Path directory;

  @Test
  @DisplayName("over mutual TLS members commit, replace a leader, and send each other snapshots")
  void overTls() throws Exception {
    var all = members("a", "b", "c");
    try (var peers = new TestPeers(directory.resolve("tls")).start("a", "b", "c");
        var cluster = new Cluster(directory.resolve("logs"), peers::get)) {
      cluster.startAll(all);
      cluster.commit(cluster.follower(), "one");
      var gone = cluster.leader();
      cluster.stop(gone);
      for (var round = 0; round < 70; round++) {
        cluster.commit(cluster.leader(), round + ".".repeat(60_000));
      }
      cluster.start(gone, all);
      cluster.commit(gone, "last");
      cluster.awaitAll("last");
      assertThat(cluster.at(gone).notes().installs()).isPositive();
      get(cluster.at(gone).log().read());
    }
  }
}
