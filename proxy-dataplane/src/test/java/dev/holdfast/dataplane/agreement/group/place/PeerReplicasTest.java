package dev.holdfast.dataplane.agreement.group.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.replica.ProxyMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups over real certificates, sockets, disks and logs, all on loopback. */
class PeerReplicasTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path directory;
  private TestGroup group;

  @BeforeEach
  void start() throws Exception {
    group = new TestGroup(directory);
  }

  @AfterEach
  void close() throws Exception {
    group.close();
  }

  private static Command lease(MemberId holder) {
    return new Command.RenewLease(new Incarnation(holder, 1), 1, 0);
  }

  private void agrees(String... names) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          for (var name : names) {
            assertThat(group.members(name))
                .as("members at %s", name)
                .extracting(MemberId::peer)
                .containsExactlyInAnyOrder(names);
          }
        });
    var before = group.applied(names[0]);
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .until(() -> {
          group.log(names[0]).propose(lease(group.self(names[0]))).toCompletableFuture().get();
          return true;
        });
    for (var name : names) {
      await().atMost(SOON).until(() -> group.applied(name) > before);
    }
  }

  private void three() throws Exception {
    group.peers("a", "b", "c");
    group.openAll();
    agrees("a", "b", "c");
  }

  @Test
  @DisplayName(
      "Three found one group, commit, tell each other things, and go on after a restart of all")
  void founds() throws Exception {
    three();
    var id = group.id("a");
    assertThat(group.id("b")).isEqualTo(id);
    assertThat(group.id("c")).isEqualTo(id);

    var heard = new CopyOnWriteArrayList<String>();
    for (var name : new String[] {"a", "b", "c"}) {
      group.listen(name, message -> heard.add(name + " " + message));
    }
    group.replica("b").tellAll(new ProxyMessage.ConnectFailed(4));
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(heard)
                .containsExactlyInAnyOrder(
                    "a ConnectFailed[epoch=4]",
                    "b ConnectFailed[epoch=4]",
                    "c ConnectFailed[epoch=4]"));
    heard.clear();
    await()
        .atMost(SOON)
        .until(() -> {
          group.replica("c").tellLeader(new ProxyMessage.ConnectFailed(5));
          return !heard.isEmpty();
        });

    group.closeAll();
    group.openAll();
    agrees("a", "b", "c");
    assertThat(group.id("b")).isEqualTo(id);
  }

  @Test
  @DisplayName("A peer that lost its disk comes back as another member of the same group")
  void lostDisk() throws Exception {
    three();
    var before = group.self("a");
    var id = group.id("b");

    group.close("a");
    group.loseDisk("a");
    group.open("a");
    agrees("a", "b", "c");
    assertThat(group.id("a")).isEqualTo(id);
    assertThat(group.self("a")).isNotEqualTo(before);
    assertThat(group.members("b")).contains(group.self("a")).doesNotContain(before);
  }

  @Test
  @DisplayName("A peer whose log is damaged says so, and comes back as another member")
  void damagedLog() throws Exception {
    three();
    var before = group.self("c");

    group.close("c");
    group.damageLog("c");
    group.open("c");
    agrees("a", "b", "c");
    assertThat(group.self("c")).isNotEqualTo(before);
    assertThat(group.id("c")).isEqualTo(group.id("a"));
  }

  @Test
  @DisplayName("A peer whose log has stopped opens it again, as the same member")
  void stoppedLog() throws Exception {
    three();
    var before = group.self("c");
    group.stopLog("c");
    await().atMost(SOON).until(() -> group.left("c") != null);
    assertThat(group.left("c")).contains("no room").contains("opened again");
    agrees("a", "b", "c");
    assertThat(group.self("c")).isEqualTo(before);
  }

  @Test
  @DisplayName("From three to five and back to three, without losing the group")
  void scales() throws Exception {
    three();
    var id = group.id("a");

    group.peers("a", "b", "c", "d", "e");
    group.openAll();
    agrees("a", "b", "c", "d", "e");
    assertThat(group.id("e")).isEqualTo(id);

    group.peers("a", "b", "c");
    group.configureAll();
    agrees("a", "b", "c");
  }

  @Test
  @DisplayName("All on new disks although a group is recorded: they stop, until it is given up")
  void dataLost() throws Exception {
    var lost = new UUID(3, 4);
    group.recorded(lost, null);
    group.peers("a", "b");
    group.openAll();
    for (var name : new String[] {"a", "b"}) {
      assertThat(group.joining(name))
          .failsWithin(SOON)
          .withThrowableOfType(ExecutionException.class)
          .withMessageContaining("the group " + lost + " decided before");
    }
    group.closeAll();
    group.recorded(lost, lost);
    group.openAll();
    agrees("a", "b");
    assertThat(group.id("a")).isNotEqualTo(lost.toString());
  }

  @Test
  @DisplayName("A place without its own name among the peers, or alone, is refused")
  void misplaced() throws Exception {
    group.peers("a");
    assertThatThrownBy(() -> group.open("a")).hasMessageContaining("more peers than a alone");
    group.peers("b", "c");
    assertThatThrownBy(() -> group.open("a")).hasMessageContaining("expected a among the peers");
  }
}
