package dev.holdfast.dataplane.agreement.replica;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.ReplicatedLog;
import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Ledger;
import java.util.List;
import java.util.function.Consumer;

/** This process's place among the replicas of one resource. Safe for use by many threads. */
public interface Replica extends AutoCloseable {

  /**
   * A place in a group.
   *
   * @param group its id, which stays the same as long as its data
   * @param log closed with the replica
   */
  record Membership(String group, MemberId self, ReplicatedLog<Command, Ledger> log) {}

  /** Hears of this process's place in the group, on any thread, one call at a time. */
  interface Participant {

    void joined(Membership place);

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
  void join(Participant participant);

  /** What is waited for to join, for people; any thread. */
  String waitsFor();

  /** The replicas are these from now on; the members follow. */
  void configure(List<ReplicaAddress> all);

  /** Tells whoever leads, which may be this replica; lost when nobody is known to. */
  void tellLeader(ReplicaMessage message);

  /** Tells every replica, this one included. */
  void tellAll(ReplicaMessage message);

  /** Who hears what is told to this replica, on any thread. Set once, before {@link #join}. */
  void onMessage(Consumer<ReplicaMessage> listener);

  /** Leaves the log's data as it is: the process comes back, or the others go on without it. */
  @Override
  void close();
}
