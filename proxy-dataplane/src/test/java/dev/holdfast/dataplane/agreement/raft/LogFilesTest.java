package dev.holdfast.dataplane.agreement.raft;

import static dev.holdfast.dataplane.agreement.raft.Cluster.get;
import static dev.holdfast.dataplane.agreement.raft.Cluster.member;
import static dev.holdfast.dataplane.agreement.raft.Cluster.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.dataplane.agreement.MemberId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {
  private static final MemberId A = member("a");
  private static final String LARGE = ".".repeat(60_000);

  private static final int OFTEN = 15;
  private static final int NEVER = 100_000;

  /** What was filled once, for all tests to copy. */
  @TempDir private static Path filled;

  @TempDir private Path directory;
  private Cluster cluster;

  @BeforeEach
  void begin() {
    cluster = cluster(directory, OFTEN);
  }

  @AfterEach
  void end() throws Exception {
    cluster.close();
  }

  private static Cluster cluster(Path root, int snapshotEvery) {
    return new Cluster(root, snapshotEvery, Duration.ofMillis(50));
  }

  /** A log with two segments and a snapshot that covers neither all of them nor nothing. */
  private void fill() throws Exception {
    fill(OFTEN, 40);
  }

  private void fill(int snapshotEvery, int commands) throws Exception {
    var root = filled.resolve(snapshotEvery + "-" + commands);
    try (var once = cluster(root, snapshotEvery)) {
      if (!Files.exists(root)) {
        once.start(A, Set.of(A));
        for (var round = 0; round < commands; round++) {
          once.commit(A, round + LARGE);
        }
        once.stop(A);
      }
      copy(once.directory(A), cluster.directory(A));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var all = Files.walk(from)) {
      for (var path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  private Path file(String folder, Predicate<String> name) throws IOException {
    var root = cluster.directory(A).resolve(Cluster.GROUP.toString()).resolve(folder);
    try (var files = Files.list(root)) {
      return files
          .filter(file -> name.test(file.getFileName().toString()))
          .max(Comparator.comparing(file -> file.getFileName().toString()))
          .orElseThrow();
    }
  }

  private Path openSegment() throws IOException {
    return file("current", name -> name.startsWith("log_inprogress"));
  }

  private Path snapshot() throws IOException {
    return file("sm", name -> name.matches("snapshot\\.\\d+_\\d+"));
  }

  private static void flip(Path file, long at) throws IOException {
    var bytes = Files.readAllBytes(file);
    bytes[(int) at] ^= 4;
    Files.write(file, bytes);
  }

  private void refused(Path file, String why) {
    assertThatThrownBy(() -> cluster.start(A, Set.of(A)))
        .isInstanceOfSatisfying(LogDamaged.class, e -> assertThat(e.file()).isEqualTo(file))
        .hasMessageContaining(why)
        .hasMessageContaining("remove this member's directory");
  }

  @Test
  @DisplayName("a log that is whole opens again with everything")
  void whole() throws Exception {
    fill();
    cluster.start(A, Set.of(A));
    cluster.commit(A, "last");
    assertThat(cluster.at(A).notes().commands()).hasSize(41);
  }

  @Test
  @DisplayName("a flipped bit in a segment is found")
  void segment() throws Exception {
    fill();
    flip(openSegment(), 1000);
    refused(openSegment(), "expected whole entries");
  }

  @Test
  @DisplayName("a segment that lost its header is found")
  void header() throws Exception {
    fill();
    flip(openSegment(), 0);
    refused(openSegment(), "expected whole entries");
  }

  @Test
  @DisplayName("a closed segment that lost its end is found")
  void closedSegment() throws Exception {
    fill(NEVER, 40);
    var closed = file("current", name -> name.matches("log_\\d+-\\d+"));
    cut(closed, Files.size(closed) / 2);
    refused(closed, "expected entries up to");
  }

  @Test
  @DisplayName("a segment that is gone is found")
  void lostSegment() throws Exception {
    fill(NEVER, 40);
    Files.delete(file("current", name -> name.matches("log_0-\\d+")));
    refused(openSegment().getParent(), "expected a log or a snapshot of all before entry");
  }

  @Test
  @DisplayName("the last entry may be half written: that is how a crash leaves it")
  void tornEnd() throws Exception {
    fill();
    var segment = openSegment();
    cut(segment, Files.size(segment) - 3);
    cluster.start(A, Set.of(A));
    cluster.commit(A, "last");
    assertThat(cluster.at(A).notes().commands()).hasSize(40).endsWith("last");
  }

  @Test
  @DisplayName("a vote that is damaged or gone is found")
  void vote() throws Exception {
    fill();
    var vote = file("current", "raft-meta"::equals);
    var content = Files.readString(vote);
    Files.writeString(vote, "");
    refused(vote, "expected a term and a vote");
    Files.writeString(vote, content.replaceAll("term=\\d+", "term=0"));
    refused(vote, "or newer, found 0");
    Files.delete(vote);
    refused(vote, "expected a term and a vote");
    Files.writeString(vote, content);
    cluster.start(A, Set.of(A));
  }

  @Test
  @DisplayName("members that are damaged, gone, or not those of the log are found")
  void members() throws Exception {
    fill();
    var members = file("current", "raft-meta.conf"::equals);
    var content = Files.readAllBytes(members);
    Files.write(members, new byte[0]);
    refused(members, "expected the members");
    Files.delete(members);
    refused(members, "expected the members as of the snapshot, found no file");
    var files = new LogFiles(members.getParent().getParent());
    for (var bit = 0; bit < 8 * content.length; bit++) {
      var damaged = content.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(members, damaged);
      try {
        files.check();
        assertThat(LogFiles.peers(LogEntryProto.parseFrom(damaged)))
            .isEqualTo(List.of(Set.of(A), Set.of()));
      } catch (LogDamaged e) {
        assertThat(e.file()).isEqualTo(members);
      }
    }
    Files.write(members, content);
    cluster.start(A, Set.of(A));
  }

  @Test
  @DisplayName("a snapshot that is damaged or gone is found")
  void snapshots() throws Exception {
    fill(OFTEN, 80);
    var snapshot = snapshot();
    var content = Files.readAllBytes(snapshot);
    flip(snapshot, content.length / 2);
    refused(snapshot, "expected the checksum in its .md5 file");
    Files.writeString(snapshot, "");
    refused(snapshot, "expected the checksum in its .md5 file");
    Files.write(snapshot, content);
    assertThat(SnapshotFile.read(snapshot).state().size()).isPositive();
    for (var at : new int[] {0, 5, 9, content.length / 2, content.length - 1}) {
      flip(snapshot, at);
      assertThatThrownBy(() -> SnapshotFile.read(snapshot)).isInstanceOf(LogDamaged.class);
      flip(snapshot, at);
    }
    try (var files = Files.list(snapshot.getParent())) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    refused(openSegment().getParent(), "expected a log or a snapshot of all before entry");
  }

  @Test
  @DisplayName("a directory of another member or group, or with another group's log, is refused")
  void foreign() throws Exception {
    fill();
    var root = cluster.directory(A);
    var b = member("b");
    Files.move(root, cluster.directory(b));
    assertThatThrownBy(() -> cluster.start(b, Set.of(b)))
        .isInstanceOf(LogDamaged.class)
        .hasMessageContaining("expected the log of member b~1");
    Files.move(cluster.directory(b), root);
    var stranger = Files.createDirectory(root.resolve("00000000-0000-0000-0000-000000000009"));
    refused(stranger, "found another group's log");
    Files.delete(stranger);
    var note = root.resolve("member");
    Files.delete(note);
    refused(note, "expected a note of whose log this is");
  }

  @Test
  @DisplayName("a member's directory that lost its log is found")
  void lostLog() throws Exception {
    fill();
    var log = cluster.directory(A).resolve(Cluster.GROUP.toString());
    Files.move(log, directory.resolve("elsewhere"));
    refused(log.resolve("current").resolve("raft-meta"), "expected a term and a vote");
  }

  @Test
  @DisplayName("two processes cannot use one directory")
  void lock() throws Exception {
    cluster.start(A, Set.of(A));
    assertThatThrownBy(() ->
            RaftLog.open(
                cluster.options(A, Set.of(A)),
                Notes.COMMANDS,
                Notes.STATES,
                cluster.network().peer("a"),
                _ -> {}))
        .isInstanceOf(LogUnavailable.class)
        .hasMessageContaining("another process uses");
    cluster.stop(A);
    cluster.start(A, Set.of(A));
  }

  @Test
  @DisplayName("a member that cannot write its log stops and says so")
  void cannotWriteLog() throws Exception {
    // An election writes to the disk, too, and must not come first.
    cluster = new Cluster(directory, OFTEN, Cluster.ELECTION);
    cluster.start(A, Set.of(A));
    cluster.commit(A, "one");
    var current = openSegment().getParent();
    Files.move(current, current.resolveSibling("moved"));
    proposeUntilStopped();
    assertThat(cluster.at(A).stops().getFirst()).hasMessageContaining("the disk and its room");
  }

  @Test
  @DisplayName("a member that cannot write a snapshot stops and says so")
  void cannotWriteSnapshot() throws Exception {
    cluster.start(A, Set.of(A));
    cluster.commit(A, "one");
    var snapshots = openSegment().getParent().resolveSibling("sm");
    Files.delete(snapshots);
    Files.createFile(snapshots);
    proposeUntilStopped();
    assertThat(cluster.at(A).stops().getFirst()).hasMessageContaining("cannot take a snapshot");
  }

  private void proposeUntilStopped() {
    var running = cluster.at(A);
    soon()
        .until(() -> {
          try {
            get(running.log().propose(LARGE));
          } catch (ExecutionException _) {
            return !running.stops().isEmpty();
          }
          return false;
        });
    assertThat(running.stops()).hasSize(1);
    assertThatThrownBy(() -> get(running.log().propose("two")))
        .hasCauseInstanceOf(LogUnavailable.class);
    assertThat(running.log().leader()).isEmpty();
  }

  private static void cut(Path file, long length) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }
}
