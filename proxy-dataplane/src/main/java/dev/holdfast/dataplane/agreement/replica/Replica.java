package dev.holdfast.dataplane.agreement.replica;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.ReplicatedLog;
import java.util.List;
import java.util.function.Consumer;

/**
 * This process's place among the replicas of one resource. Safe for use by many threads.
 *
 * @param <C> commands of their log
 * @param <S> what those amount to
 * @param <M> what they tell each other beside it
 */
public interface Replica<C, S, M extends ReplicaMessage> extends AutoCloseable {

  /**
   * A place in a group.
   *
   * @param group its id, which stays the same as long as its data
   * @param log closed with the replica
   */
  record Membership<C, S>(String group, MemberId self, ReplicatedLog<C, S> log) {}

  /** Hears of this process's place in the group, on any thread, one call at a time. */
  interface Participant<C, S> {

    void joined(Membership<C, S> place);

    /**
     * The log cannot go on, and is closed. When it can be opened again, there is another place in
     * the same group.
     *
     * @param why for people
     */
    void left(String why);

    /**
     * Nothing more comes, unless somebody helps.
     *
     * @param why for people
     */
    void failed(String why);
  }

  /** Finds the group, or founds it with the others, for as long as that takes. Called once. */
  void join(Participant<C, S> participant);

  /** What is waited for to join, for people; any thread. */
  String waitsFor();

  /** The replicas are these from now on; the members follow. */
  void configure(List<ReplicaAddress> all);

  /** Tells whoever leads, which may be this replica; lost when nobody is known to. */
  void tellLeader(M message);

  /** Tells every replica, this one included. */
  void tellAll(M message);

  /** Who hears what is told to this replica, on any thread. Set once, before {@link #join}. */
  void onMessage(Consumer<M> listener);

  /** Leaves the log's data as it is: the process comes back, or the others go on without it. */
  @Override
  void close();
}
