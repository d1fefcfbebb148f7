package dev.holdfast.dataplane.agreement;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The seam behind which a library keeps one log for all members: what is committed is committed in
 * the same order for everybody, and is never taken back.
 *
 * @param <C> commands
 * @param <S> what all commands up to some index amount to
 */
public interface ReplicatedLog<C, S> extends AutoCloseable {

  /**
   * Has a command committed, whoever leads. Without an answer in time it may have been committed or
   * not, or may be yet, even more than once: commands must bear that.
   *
   * @return its index, or an error
   */
  CompletionStage<Long> propose(C command);

  /**
   * Waits until what was committed before the call is applied here.
   *
   * @return the newest index applied, or an error when no majority answers in time
   */
  CompletionStage<Long> read();

  /** Begins to apply, on a single thread of the log's. Called once. */
  void onApply(Applier<C, S> applier);

  /** Who leads, as far as this member knows; empty during an election. */
  Optional<MemberId> leader();

  /** The members that the log itself counts its majorities by. */
  Set<MemberId> members();

  /**
   * Changes the members one after the other, each with the consent of a majority.
   *
   * @return done, or an error, after which {@link #members} says how far it came
   */
  CompletionStage<Void> change(Set<MemberId> members);

  @Override
  void close();

  /** What is built from the log. */
  interface Applier<C, S> {

    /**
     * The next command that was committed. Also those from before a restart that no snapshot holds.
     */
    void apply(long index, C command);

    /** All that was applied so far, for the log to keep in place of the commands. */
    S snapshot();

    /** Puts another member's snapshot, or one from before a restart, in place of all so far. */
    void install(long index, S snapshot);

    /** Whether this member leads, as far as it knows; another may lead already. */
    void leads(boolean leading);

    void membersChanged(Set<MemberId> members);
  }
}
