package dev.holdfast.dataplane.agreement.raft;

import dev.holdfast.dataplane.agreement.wire.Codec;
import dev.holdfast.dataplane.agreement.wire.UnreadableException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotRetentionPolicy;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.apache.ratis.util.MD5FileUtil;
import org.jspecify.annotations.Nullable;

/** One member's snapshots, in the places and with the checksums that the library expects. */
final class Snapshots<S> {

  /**
   * @param last the last entry that it stands for
   * @param members the newest entry about the members up to that one
   */
  record Snapshot<S>(TermIndex last, LogEntryProto members, S state) {}

  /** Its cleaning takes a checksum whose snapshot is not there yet for one that was left. */
  private static final class Storage extends SimpleStateMachineStorage {
    private final BooleanSupplier writing;

    Storage(BooleanSupplier writing) {
      this.writing = writing;
    }

    @Override
    public void cleanupOldSnapshots(@Nullable SnapshotRetentionPolicy policy) throws IOException {
      if (!writing.getAsBoolean()) {
        super.cleanupOldSnapshots(policy);
      }
    }
  }

  private final SimpleStateMachineStorage storage;
  private final Codec<S> states;

  /**
   * @param writing whether a snapshot is being written
   */
  Snapshots(Codec<S> states, BooleanSupplier writing) {
    storage = new Storage(writing);
    this.states = states;
  }

  void init(RaftStorage disk) throws IOException {
    storage.init(disk);
  }

  /** The library's view of them. */
  StateMachineStorage storage() {
    return storage;
  }

  /**
   * @throws LogDamaged when it is not what a member wrote
   */
  Optional<Snapshot<S>> latest() throws IOException {
    var latest = storage.loadLatestSnapshot();
    if (latest == null) {
      return Optional.empty();
    }
    var path = latest.getFile().getPath();
    var file = SnapshotFile.read(path);
    try {
      var state = states.decode(file.state().toByteArray());
      return Optional.of(new Snapshot<>(latest.getTermIndex(), file.members(), state));
    } catch (UnreadableException e) {
      throw new LogDamaged(path, String.valueOf(e.getMessage()));
    }
  }

  void write(TermIndex last, LogEntryProto members, byte[] state) throws IOException {
    var file = storage.getSnapshotFile(last.getTerm(), last.getIndex());
    var bytes = new SnapshotFile(members, UnsafeByteOperations.unsafeWrap(state)).bytes();
    var digest = MD5FileUtil.newMD5();
    digest.update(bytes.duplicate());
    var checksum = MD5Hash.newInstance(digest.digest());
    // First, so that there is no snapshot without one.
    MD5FileUtil.saveMD5File(file, checksum);
    Directory.writeWhole(file.toPath(), bytes);
    storage.updateLatestSnapshot(
        new SingleFileSnapshotInfo(new FileInfo(file.toPath(), checksum), last));
  }
}
