package dev.holdfast.dataplane.agreement.raft;

import dev.holdfast.dataplane.agreement.MemberId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.thirdparty.com.google.protobuf.InvalidProtocolBufferException;
import org.apache.ratis.util.MD5FileUtil;
import org.apache.ratis.util.ProtoUtils;
import org.jspecify.annotations.Nullable;

/**
 * Reads all files of a member's log before the library does. The library goes on where it should
 * not: with the members that a group began with when the file that names them is damaged, with a
 * log that has lost its beginning, and with a segment that has lost its end.
 *
 * <p>What cannot be told from a crash is not found: an end of the newest segment that is missing.
 */
final class LogFiles {
  private static final String SNAPSHOT = "snapshot\\.(\\d+)_(\\d+)";

  private final Path current;
  private final Path snapshots;

  LogFiles(Path root) {
    current = root.resolve("current");
    snapshots = root.resolve("sm");
  }

  /**
   * @throws LogDamaged with the file
   */
  void check() throws IOException {
    var vote = current.resolve("raft-meta");
    var term = term(vote);
    var newest = newestSnapshot();
    var snapshot = newest.isPresent() ? readSnapshot(newest.get()) : null;
    var covered = newest.isPresent() ? index(newest.get()) : -1;
    var segments = Segments.read(current);
    if (segments.first() > covered + 1) {
      throw new LogDamaged(
          current,
          "expected a log or a snapshot of all before entry %d, found neither"
              .formatted(segments.first()));
    }
    if (segments.term() > term) {
      throw new LogDamaged(
          vote, "expected term %d or newer, found %d".formatted(segments.term(), term));
    }
    checkMembers(snapshot, covered, segments);
  }

  private static long term(Path file) throws IOException {
    var properties = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      properties.load(in);
      var vote = properties.getProperty("votedFor", "none");
      if (!vote.isEmpty()) {
        MemberNames.parse(vote);
      }
      return Long.parseLong(properties.getProperty("term", "none"));
    } catch (IOException | IllegalArgumentException e) {
      throw new LogDamaged(
          file, "expected a term and a vote, found otherwise (%s)".formatted(e.getMessage()));
    }
  }

  private Optional<Path> newestSnapshot() throws IOException {
    if (!Files.isDirectory(snapshots)) {
      return Optional.empty();
    }
    try (var files = Files.list(snapshots)) {
      return files
          .filter(file -> file.getFileName().toString().matches(SNAPSHOT))
          .max((a, b) -> Long.compare(index(a), index(b)));
    }
  }

  static long index(Path snapshot) {
    var name = snapshot.getFileName().toString();
    return Long.parseLong(name, name.lastIndexOf('_') + 1, name.length(), 10);
  }

  private static SnapshotFile readSnapshot(Path file) throws IOException {
    var found = MD5FileUtil.computeMd5ForFile(file.toFile());
    if (!found.equals(MD5FileUtil.readStoredMd5ForFile(file.toFile()))) {
      throw new LogDamaged(file, "expected the checksum in its .md5 file, found another");
    }
    return SnapshotFile.read(file);
  }

  private void checkMembers(@Nullable SnapshotFile snapshot, long covered, Segments segments)
      throws IOException {
    var file = current.resolve("raft-meta.conf");
    if (!Files.exists(file)) {
      if (snapshot != null) {
        throw new LogDamaged(file, "expected the members as of the snapshot, found no file");
      }
      return;
    }
    var found = entry(file);
    var known = segments.members().get(found.getIndex());
    if (known == null && snapshot != null && found.getIndex() <= covered) {
      known = snapshot.members();
    }
    // One that came with another member's snapshot may be ahead of the log.
    var ahead = found.getIndex() > Math.max(covered, segments.last());
    if (!ahead && (known == null || !peers(found).equals(peers(known)))) {
      throw new LogDamaged(file, "expected the members that the log names, found others");
    }
  }

  /** Now, and during a change before it. */
  static List<Set<MemberId>> peers(LogEntryProto entry) {
    var members = entry.getConfigurationEntry();
    return List.of(
        MemberNames.members(ProtoUtils.toRaftPeers(members.getPeersList())),
        MemberNames.members(ProtoUtils.toRaftPeers(members.getOldPeersList())));
  }

  private static LogEntryProto entry(Path file) throws IOException {
    try {
      var entry = LogEntryProto.parseFrom(Files.readAllBytes(file));
      if (entry.hasConfigurationEntry()) {
        peers(entry);
        return entry;
      }
    } catch (InvalidProtocolBufferException | IllegalArgumentException | IllegalStateException _) {
      throw new LogDamaged(file, "expected the members, found other bytes");
    }
    throw new LogDamaged(file, "expected the members, found another entry");
  }
}
