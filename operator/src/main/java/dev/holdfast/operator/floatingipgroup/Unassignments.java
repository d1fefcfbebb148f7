package dev.holdfast.operator.floatingipgroup;

import dev.holdfast.floatingip.group.GroupEngine;
import dev.holdfast.floatingip.resource.GroupSetup;
import dev.holdfast.floatingip.resource.Unassignment;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Groups whose IPs are taken off their servers before the resources go: one for each uid, which
 * runs once. Confined to the lock of the {@link Groups}.
 */
final class Unassignments {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final GroupEngine engine;
  private final BooleanSupplier leads;
  private final Map<String, CompletableFuture<Unassignment.Outcome>> begun = new HashMap<>();

  Unassignments(GroupEngine engine, BooleanSupplier leads) {
    this.engine = engine;
    this.leads = leads;
  }

  /**
   * Begins it, unless that was done before.
   *
   * @param end of the group; the IPs are touched after it only
   * @param kept IPs that another group moves
   * @param news told when it is over
   * @return what became of it; empty as long as that is open
   */
  Optional<Unassignment.Outcome> of(
      String uid,
      GroupSetup setup,
      Set<Long> kept,
      Supplier<CompletableFuture<Void>> end,
      Runnable news) {
    var outcome =
        begun.computeIfAbsent(
            uid,
            _ ->
                end.get()
                    .thenApplyAsync(
                        done -> run(setup, kept),
                        Thread.ofVirtual().name("group-unassign-" + uid)::start));
    if (!outcome.isDone()) {
      outcome.whenComplete((done, failure) -> news.run());
      return Optional.empty();
    }
    // what a deposed operator could not do is the next one's
    return leads.getAsBoolean() ? Optional.of(ended(outcome)) : Optional.empty();
  }

  void forget(String uid) {
    begun.remove(uid);
  }

  private static Unassignment.Outcome ended(CompletableFuture<Unassignment.Outcome> done) {
    return done.exceptionally(failure -> new Unassignment.Outcome.GivenUp("a defect: " + failure))
        .join();
  }

  private Unassignment.Outcome run(GroupSetup setup, Set<Long> kept) {
    try {
      // checks are over: nobody asks for a reference
      var around = engine.surroundings(new ReferenceSnapshot(Map.of()));
      return Unassignment.run(setup.group(), around, kept, leads, TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Unassignment.Outcome.GivenUp("the operator is stopping");
    }
  }
}
