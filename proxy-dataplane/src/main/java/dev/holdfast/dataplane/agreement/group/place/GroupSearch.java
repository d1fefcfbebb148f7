package dev.holdfast.dataplane.agreement.group.place;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.group.Belonging;
import dev.holdfast.dataplane.agreement.group.Finding;
import dev.holdfast.dataplane.agreement.group.Founding;
import dev.holdfast.dataplane.agreement.group.Greeting;
import dev.holdfast.dataplane.agreement.group.GroupConfig;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the other peers, round by round, until this one is in a group. Used by one thread. */
final class GroupSearch {
  private static final Logger log = LoggerFactory.getLogger(GroupSearch.class);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(250);

  /** Each is an end of the search. */
  interface Outcome {

    void enter(Belonging group);

    void found(Set<MemberId> founders);

    /** The group decided before, and no peer has its data. */
    void lost(UUID group);
  }

  private final String resource;
  private final Connected network;
  private final GroupThread thread;
  private final Outcome outcome;
  private Founding founding;
  private volatile String said = "";
  private boolean searching;

  /**
   * @param thread the one that this is used by
   */
  GroupSearch(
      String resource,
      Connected network,
      GroupThread thread,
      Outcome outcome,
      MemberId self,
      GroupConfig config) {
    this.resource = resource;
    this.network = network;
    this.thread = thread;
    this.outcome = outcome;
    founding = Founding.begin(self, config);
  }

  void begin(MemberId self, GroupConfig config) {
    founding = Founding.begin(self, config);
    searching = true;
    round();
  }

  void configure(GroupConfig next) {
    founding = founding.with(next);
    if (searching) {
      round();
    }
  }

  /** For people; any thread. */
  String waitsFor() {
    var why = said;
    return why.isEmpty() ? "looking for the other replicas" : why;
  }

  /** A peer asked while this one has no group. */
  void askedBy(Greeting asker) {
    founding = founding.askedBy(asker);
  }

  private void round() {
    founding = founding.nextRound();
    var round = founding.round();
    for (var other : founding.others()) {
      network
          .greet(other, founding.greeting(), PATIENCE)
          .whenComplete((answer, failure) -> thread.execute(() -> answered(round, other, answer)));
    }
    thread.after(PATIENCE.multipliedBy(3), () -> abandon(round));
  }

  /** A round whose step failed ends here. */
  private void abandon(long round) {
    if (searching && founding.round() == round) {
      round();
    }
  }

  private void answered(long round, String peer, @Nullable Greeting answer) {
    if (!searching) {
      return;
    }
    var turn = answer == null ? founding.silent(round, peer) : founding.heard(round, answer);
    founding = turn.state();
    switch (turn.finding()) {
      case Finding.Waiting() -> {}
      case Finding.AskAgain(var atOnce, var why) -> askAgain(atOnce, why);
      case Finding.Enter(var group) -> {
        searching = false;
        said = "reading the log of group " + group.group();
        outcome.enter(group);
      }
      case Finding.Found(var founders) -> {
        searching = false;
        outcome.found(founders);
      }
      case Finding.DataLost(var group) -> {
        searching = false;
        outcome.lost(group);
      }
    }
  }

  private void askAgain(boolean atOnce, String why) {
    if (atOnce) {
      round();
      return;
    }
    if (!why.equals(said)) {
      log.info("{}: no group yet: {}", resource, why);
      said = why;
    }
    var ended = founding.round();
    thread.after(PAUSE, () -> abandon(ended));
  }
}
