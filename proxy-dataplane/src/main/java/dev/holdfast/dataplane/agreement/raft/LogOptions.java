package dev.holdfast.dataplane.agreement.raft;

import dev.holdfast.dataplane.agreement.MemberId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/**
 * What makes one member's log.
 *
 * @param group the same for all members, and for no other group ever
 * @param self who this member is; another directory needs another one
 * @param initial the members that the group begins with, the same for all of them; empty for a
 *     member that joins later and waits until the others {@code change} to have it
 * @param directory for this member only; made when it is not there
 * @param election how long a leader may be silent before another is elected, at least; at most it
 *     is twice as long
 * @param patience how long a proposal or a read may take once it is its turn
 * @param entriesApart how long after the last entry the next one may go, at the earliest. Each
 *     costs all members messages and a write to the disk, whatever is in it: where many propose all
 *     the time, fewer and larger ones leave them more of their processors
 * @param snapshotEvery after how many batches the log is replaced by a snapshot
 */
public record LogOptions(
    UUID group,
    MemberId self,
    Set<MemberId> initial,
    Path directory,
    Duration election,
    Duration patience,
    Duration entriesApart,
    int snapshotEvery) {

  /**
   * With the vote itself, another leader is there within 1.1 s; {@code LeaseTerms} counts on it.
   */
  private static final Duration ELECTION = Duration.ofMillis(300);

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int SNAPSHOT_EVERY = 10_000;

  public LogOptions {
    initial = Set.copyOf(initial);
  }

  public static LogOptions of(
      UUID group, MemberId self, Set<MemberId> initial, Path directory, Duration entriesApart) {
    return new LogOptions(
        group, self, initial, directory, ELECTION, PATIENCE, entriesApart, SNAPSHOT_EVERY);
  }
}
