package dev.holdfast.dataplane.agreement.raft;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** The library's properties: everything that it may keep in memory or on disk is bounded here. */
final class Settings {
  /** The most that one entry, or one message between members, holds of the log. */
  static final SizeInBytes ENTRY = SizeInBytes.valueOf("256KB");

  private static final SizeInBytes WRITE_BUFFER = SizeInBytes.valueOf("512KB");
  private static final SizeInBytes WAITING = SizeInBytes.valueOf("4MB");
  private static final SizeInBytes SEGMENT = SizeInBytes.valueOf("2MB");
  private static final SizeInBytes PREALLOCATED = SizeInBytes.valueOf("64KB");
  private static final SizeInBytes CHUNK = SizeInBytes.valueOf("1MB");
  private static final Duration RETRY = Duration.ofMillis(100);
  private static final int ENTRIES_WAITING = 1024;
  private static final int SEGMENTS_CACHED = 2;
  private static final int SNAPSHOTS = 2;

  private Settings() {}

  static RaftProperties of(LogOptions options) {
    var properties = new RaftProperties();
    RaftConfigKeys.Rpc.setType(properties, new PeerRpcType());
    RaftServerConfigKeys.setStorageDir(properties, List.of(options.directory().toFile()));
    times(properties, options.election());
    log(properties);
    RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(properties, true);
    RaftServerConfigKeys.Snapshot.setAutoTriggerThreshold(properties, options.snapshotEvery());
    RaftServerConfigKeys.Snapshot.setTriggerWhenStopEnabled(properties, false);
    RaftServerConfigKeys.Snapshot.setTriggerWhenRemoveEnabled(properties, false);
    RaftServerConfigKeys.Snapshot.setRetentionFileNum(properties, SNAPSHOTS);
    RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(properties, true);
    RaftServerConfigKeys.Log.setPurgeGap(properties, 1);
    return properties;
  }

  private static void times(RaftProperties properties, Duration election) {
    RaftServerConfigKeys.Rpc.setTimeoutMin(properties, time(election));
    RaftServerConfigKeys.Rpc.setTimeoutMax(properties, time(election.multipliedBy(2)));
    RaftServerConfigKeys.LeaderElection.setPreVote(properties, true);
    RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(
        properties, time(election.multipliedBy(2)));
    // With majorities of both the old and the new members, replacing one of two is safe.
    RaftServerConfigKeys.LeaderElection.setMemberMajorityAdd(properties, true);
    RaftServerConfigKeys.Rpc.setSleepTime(properties, time(RETRY));
    // Not to end a member for good that was stopped for a minute.
    RaftServerConfigKeys.setCloseThreshold(properties, time(Duration.ofDays(3650)));
    // Nothing is sent a second time under the same number.
    RaftServerConfigKeys.RetryCache.setExpiryTime(properties, time(Duration.ofSeconds(1)));
  }

  private static void log(RaftProperties properties) {
    RaftServerConfigKeys.Log.setCorruptionPolicy(
        properties, RaftServerConfigKeys.Log.CorruptionPolicy.EXCEPTION);
    RaftServerConfigKeys.Log.setLogMetadataEnabled(properties, false);
    RaftServerConfigKeys.Log.setSegmentSizeMax(properties, SEGMENT);
    RaftServerConfigKeys.Log.setPreallocatedSize(properties, PREALLOCATED);
    RaftServerConfigKeys.Log.setWriteBufferSize(properties, WRITE_BUFFER);
    RaftServerConfigKeys.Log.setQueueByteLimit(properties, WAITING);
    RaftServerConfigKeys.Log.setQueueElementLimit(properties, ENTRIES_WAITING);
    RaftServerConfigKeys.Log.setSegmentCacheNumMax(properties, SEGMENTS_CACHED);
    RaftServerConfigKeys.Log.setSegmentCacheSizeMax(properties, WAITING);
    RaftServerConfigKeys.Log.Appender.setBufferByteLimit(properties, ENTRY);
    RaftServerConfigKeys.Log.Appender.setSnapshotChunkSizeMax(properties, CHUNK);
    RaftServerConfigKeys.Write.setByteLimit(properties, WAITING);
    RaftServerConfigKeys.Write.setElementLimit(properties, ENTRIES_WAITING);
  }

  private static TimeDuration time(Duration duration) {
    return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
  }
}
