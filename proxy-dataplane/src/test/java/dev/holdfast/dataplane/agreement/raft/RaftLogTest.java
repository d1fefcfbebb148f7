package dev.holdfast.dataplane.agreement.raft;

import static dev.holdfast.dataplane.agreement.raft.Cluster.get;
import static dev.holdfast.dataplane.agreement.raft.Cluster.member;
import static dev.holdfast.dataplane.agreement.raft.Cluster.members;
import static dev.holdfast.dataplane.agreement.raft.Cluster.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.ReplicatedLog.Applier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RaftLogTest {
  private static final int OFTEN = 20;

  @TempDir private Path directory;
  private Cluster cluster;

  @BeforeEach
  void begin() {
    cluster = new Cluster(directory, OFTEN, Cluster.ELECTION);
  }

  @AfterEach
  void end() throws Exception {
    cluster.close();
  }

  /** Three members that have committed one command. */
  private Set<MemberId> begun() throws Exception {
    var all = members("a", "b", "c");
    cluster.startAll(all);
    cluster.commit(cluster.leader(), "one");
    return all;
  }

  @Test
  @DisplayName("three members commit what each proposes, and apply it in one order")
  void oneOrder() throws Exception {
    cluster.startAll(members("a", "b", "c"));
    cluster.leader();
    for (var member : members("a", "b", "c")) {
      cluster.commit(member, "first of " + member);
    }
    var proposals = new ArrayList<CompletionStage<Long>>();
    for (var round = 0; round < 300; round++) {
      for (var running : cluster.running().values()) {
        proposals.add(running.log().propose("command " + proposals.size()));
      }
    }
    var indexes = new ArrayList<Long>();
    for (var proposal : proposals) {
      indexes.add(get(proposal));
    }
    assertThat(indexes).doesNotHaveDuplicates().allSatisfy(index -> assertThat(index).isPositive());
    cluster.commit(member("a"), "last");
    cluster.awaitAll("last");
    var notes = cluster.at(member("b")).notes();
    assertThat(notes.commands()).doesNotHaveDuplicates().hasSize(904);
    for (var i = 0; i < indexes.size(); i++) {
      assertThat(notes.index("command " + i)).isEqualTo(indexes.get(i));
    }
  }

  @Test
  @DisplayName("a read returns when all is applied that was committed before, on every member")
  void reads() throws Exception {
    cluster.startAll(members("a", "b", "c"));
    for (var round = 0; round < 20; round++) {
      var command = "command " + round;
      cluster.commit(cluster.leader(), command);
      for (var running : cluster.running().values()) {
        var index = get(running.log().read());
        assertThat(running.notes().commands()).contains(command);
        assertThat(index).isGreaterThanOrEqualTo(running.notes().newest());
      }
    }
  }

  @Test
  @DisplayName("when the leader is gone another one leads, and the old one catches up later")
  void leaderGone() throws Exception {
    var all = begun();
    for (var round = 0; round < 3; round++) {
      var gone = cluster.leader();
      cluster.stop(gone);
      var next = cluster.leader();
      assertThat(next).isNotEqualTo(gone);
      cluster.commit(next, "without " + gone + round);
      cluster.start(gone, all);
      cluster.awaitAll("without " + gone + round);
    }
  }

  @Test
  @DisplayName("a restart of all keeps everything, and indexes go on from there")
  void restart() throws Exception {
    var all = begun();
    cluster.awaitAll("one");
    var before = cluster.at(cluster.leader()).notes().newest();
    cluster.stopAll(all);
    cluster.startAll(all);
    cluster.commit(cluster.follower(), "two");
    cluster.awaitAll("two");
    assertThat(cluster.at(cluster.leader()).notes().commands()).containsExactly("one", "two");
    assertThat(cluster.at(cluster.leader()).notes().newest()).isGreaterThan(before);
  }

  @Test
  @DisplayName("a member that is far behind is sent a snapshot")
  void snapshot() throws Exception {
    var all = begun();
    var late = cluster.follower();
    cluster.stop(late);
    for (var round = 0; round < 4 * OFTEN; round++) {
      cluster.commit(cluster.leader(), "command " + round + ".".repeat(40_000));
    }
    var back = cluster.start(late, all);
    cluster.commit(cluster.leader(), "last");
    cluster.awaitAll("last");
    assertThat(back.notes().installs()).isPositive();
    assertThat(back.notes().members()).isEqualTo(all);
    cluster.stopAll(all);
    cluster.startAll(all);
    cluster.commit(cluster.leader(), "after");
    cluster.awaitAll("after");
  }

  @Test
  @DisplayName("three members become five and three again, while they commit")
  void members3To5To3() throws Exception {
    var three = begun();
    var five = members("a", "b", "c", "d", "e");
    cluster.start(member("d"), Set.of());
    cluster.start(member("e"), Set.of());
    changeTo(five);
    cluster.commit(member("e"), "five");
    cluster.awaitAll("five");
    assertThat(cluster.at(member("d")).notes().members()).isEqualTo(five);
    changeTo(three);
    cluster.stopAll(members("d", "e"));
    cluster.commit(member("c"), "three again");
    cluster.awaitAll("three again");
    assertThat(cluster.at(member("a")).notes().members()).isEqualTo(three);
  }

  @Test
  @DisplayName("the leader can remove itself")
  void leaderLeaves() throws Exception {
    var three = begun();
    var leaving = cluster.leader();
    var two = new HashSet<>(three);
    two.remove(leaving);
    changeTo(two);
    cluster.stop(leaving);
    cluster.commit(cluster.leader(), "two");
    cluster.awaitAll("two");
  }

  @Test
  @DisplayName(
      "a member that lost its disk is replaced by its next one, which is never taken for it")
  void lostDisk() throws Exception {
    begun();
    var lost = cluster.follower();
    cluster.stop(lost);
    var next = new MemberId(lost.peer(), 2);
    var joined = cluster.start(next, Set.of());
    cluster.commit(cluster.leader(), "two");
    assertThat(joined.notes().commands()).isEmpty();
    var after = new HashSet<>(members("a", "b", "c"));
    after.remove(lost);
    after.add(next);
    changeTo(after);
    cluster.commit(next, "three");
    cluster.awaitAll("three");
    assertThat(joined.notes().commands()).containsExactly("one", "two", "three");
  }

  private void changeTo(Set<MemberId> wanted) {
    soon()
        .until(() -> {
          var log = cluster.at(cluster.leader()).log();
          try {
            get(log.change(wanted));
          } catch (ExecutionException e) {
            // A leader that has left is told so by its own step.
          }
          return cluster.at(cluster.leader()).log().members().equals(wanted);
        });
  }

  @Test
  @DisplayName("a follower cannot change the members, and says who leads")
  void changeByFollower() throws Exception {
    begun();
    var follower = cluster.at(cluster.follower()).log();
    assertThatThrownBy(() -> get(follower.change(members("a", "b"))))
        .hasRootCauseInstanceOf(IOException.class)
        .hasMessageContaining("not the leader");
  }

  @Test
  @DisplayName("without a majority nothing is committed or read, and the leader steps down")
  void minority() throws Exception {
    begun();
    cluster.awaitAll("one");
    var alone = cluster.leader();
    get(cluster.at(alone).log().read());
    var other = cluster.follower();
    cluster.network().cut(alone.peer());
    assertThatThrownBy(() -> get(cluster.at(other).log().propose("to whoever led")))
        .hasMessageContaining("leads by now; propose again");
    assertThatThrownBy(() -> get(cluster.at(alone).log().read()))
        .hasCauseInstanceOf(IOException.class);
    assertThatThrownBy(() -> get(cluster.at(alone).log().propose("lost")))
        .hasCauseInstanceOf(IOException.class);
    soon().until(() -> !cluster.at(alone).notes().leading());
    var rest = cluster.leader();
    assertThat(rest).isNotEqualTo(alone);
    cluster.commit(rest, "two");
    assertThat(cluster.at(alone).notes().commands()).containsExactly("one");
    cluster.network().heal();
    cluster.commit(alone, "three");
    cluster.awaitAll("three");
    assertThat(cluster.at(alone).notes().commands()).doesNotContain("lost");
  }

  @Test
  @DisplayName("a command that this version cannot read stops the member instead of being skipped")
  void newer() throws Exception {
    cluster.startAll(members("a"));
    var leader = cluster.at(cluster.leader());
    cluster.commit(member("a"), "one");
    leader.log().propose("newer than this");
    for (var round = 0; round < 50; round++) {
      leader.log().propose("after it");
    }
    soon().until(() -> leader.stops().size() == 1);
    assertThat(leader.stops().getFirst()).hasMessageContaining("cannot read newer than this");
    assertThatThrownBy(() -> get(leader.log().propose("two")))
        .hasRootCauseMessage("cannot read newer than this");
    assertThat(leader.notes().commands()).containsExactly("one");
  }

  @Test
  @DisplayName("an applier that fails stops the member")
  void applierFails() throws Exception {
    var stops = new CopyOnWriteArrayList<IOException>();
    var a = member("a");
    var log =
        RaftLog.open(
            cluster.options(a, Set.of(a)),
            Notes.COMMANDS,
            Notes.STATES,
            cluster.network().peer("a"),
            stops::add);
    try (log) {
      log.onApply(
          new Applier<>() {
            @Override
            public void apply(long index, String command) {
              throw new IllegalStateException("planted");
            }

            @Override
            public List<String> snapshot() {
              return List.of();
            }

            @Override
            public void install(long index, List<String> snapshot) {}

            @Override
            public void leads(boolean leading) {}

            @Override
            public void membersChanged(Set<MemberId> members) {}
          });
      soon().until(() -> log.leader().isPresent());
      soon()
          .until(() -> {
            log.propose("one");
            return !stops.isEmpty();
          });
      assertThat(stops).hasSize(1);
      assertThat(stops.getFirst()).hasMessageContaining("the applier failed");
    }
  }

  @Test
  @DisplayName("a log that nobody applies yet can be closed, in time")
  void closedBeforeApplied() throws Exception {
    var a = member("a");
    var log =
        RaftLog.open(
            cluster.options(a, Set.of(a)),
            Notes.COMMANDS,
            Notes.STATES,
            cluster.network().peer("a"),
            _ -> {});
    soon().until(() -> log.leader().isPresent());
    assertTimeoutPreemptively(Duration.ofSeconds(20), log::close);
    cluster.startAll(Set.of(a));
    cluster.commit(a, "one");
  }
}
