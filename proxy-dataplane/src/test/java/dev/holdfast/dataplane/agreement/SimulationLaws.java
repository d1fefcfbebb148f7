package dev.holdfast.dataplane.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Ledger;
import dev.holdfast.dataplane.agreement.ledger.Office;
import dev.holdfast.dataplane.failover.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Watches one history and fails at the first instant that breaks a law. */
final class SimulationLaws implements LogModel.Reader<Command, Ledger> {
  static final String ONE_BACKEND = "backends that clients reach";

  private final Simulation world;
  private final Duration longest;
  private final Set<Long> epochs = new HashSet<>();
  private final Set<Long> hooked = new HashSet<>();
  private final Set<Long> completed = new HashSet<>();
  private final Map<MemberId, Instant> isolatedSince = new HashMap<>();
  private final Map<Long, Integer> hookRuns = new HashMap<>();
  private Ledger ledger = Ledger.empty();
  private long newestOpen;
  private long failbacks;
  private long networkChanges = -1;

  /**
   * @param longest for which a member may go on that can reach no majority
   */
  SimulationLaws(Simulation world, Duration longest) {
    this.world = world;
    this.longest = longest;
  }

  /** Epochs in which clients were admitted. */
  Set<Long> epochs() {
    return epochs;
  }

  /** Epochs whose hooks ran again because they did not end the time before. */
  long hooksAgain() {
    return hookRuns.values().stream().filter(runs -> runs > 1).count();
  }

  long failbacks() {
    return failbacks;
  }

  @Override
  public Ledger empty() {
    return Ledger.empty();
  }

  @Override
  public Ledger newest() {
    return ledger;
  }

  @Override
  public void saved(MemberId member, Ledger state) {
    assertThat(state).as("the ledger of %s", member).isEqualTo(ledger);
  }

  @Override
  public void committed(long index, Command command) {
    var before = ledger;
    ledger = before.apply(index, command);
    committed(index, command, before, ledger);
  }

  private void committed(long index, Command command, Ledger before, Ledger after) {
    assertThat(after.epoch())
        .as("epochs grow, at %d", index)
        .isGreaterThanOrEqualTo(before.epoch());
    assertThat(after.fence())
        .as("fences grow, at %d", index)
        .isGreaterThanOrEqualTo(before.fence());
    if (!(command instanceof Command.ProposePrimary) || after.fence() == before.fence()) {
      assertThat(after.epoch()).as("only a choice has an epoch").isEqualTo(before.epoch());
    } else {
      assertThat(after.epoch()).as("of its own").isGreaterThan(before.epoch());
    }
    if (command instanceof Command.LeavePrimary(var over, var reason)
        && reason == Reason.Failback
        && after.fence() > before.fence()
        && before.office() instanceof Office.Serving(var tenure)) {
      assertThat(tenure.reason())
          .as("why there was a primary that is left by failback")
          .isNotEqualTo(Reason.Switchover);
      failbacks++;
    }
    after.office().chosen().filter(tenure -> tenure.hooked()).ifPresent(t -> hooked.add(t.epoch()));
    if (after.office() instanceof Office.Serving(var tenure)) {
      completed.add(tenure.epoch());
    }
  }

  void admitted(Incarnation by, long epoch) {
    assertThat(epoch).as("the epoch that %s admits to", by).isGreaterThanOrEqualTo(newestOpen);
    assertThat(completed).as("epochs whose hooks have ended, for %s", by).contains(epoch);
    newestOpen = epoch;
    epochs.add(epoch);
  }

  void hooksBegan(Incarnation by, long epoch) {
    assertThat(completed).as("completed epochs, before %s runs hooks", by).doesNotContain(epoch);
    assertThat(hooked).as("epochs with hooks").contains(epoch);
    hookRuns.merge(epoch, 1, Integer::sum);
  }

  /** Holds at every instant. Asked so often that only what is broken is worth an assertion. */
  @Override
  public void check() {
    Set<SimulatedMember.Route> live = Set.of();
    int hooks = 0;
    for (var member : world.members()) {
      live = union(live, member.live());
      hooks += member.runsHooks() ? 1 : 0;
    }
    if (live.size() > 1) {
      assertThat(live).as(ONE_BACKEND).hasSizeLessThanOrEqualTo(1);
    }
    if (hooks > 0) {
      assertThat(hooks).as("processes that run hooks").isEqualTo(1);
      assertThat(live).as("backends that clients reach while hooks run").isEmpty();
    }
    isolated(live.isEmpty());
  }

  private static <T> Set<T> union(Set<T> one, Set<T> other) {
    if (one.isEmpty() || one.equals(other)) {
      return other;
    }
    var union = new HashSet<>(one);
    union.addAll(other);
    return union;
  }

  private void isolated(boolean nobodyServes) {
    var now = world.queue().now();
    if (world.networkChanges() != networkChanges) {
      networkChanges = world.networkChanges();
      var isolated =
          world.members().stream().map(SimulatedMember::id).filter(world::isolated).toList();
      isolatedSince.keySet().retainAll(isolated);
      isolated.forEach(member -> isolatedSince.putIfAbsent(member, now));
    }
    if (nobodyServes) {
      return;
    }
    isolatedSince.forEach((id, since) -> {
      var over = Duration.between(since, now).compareTo(longest) > 0;
      var member = world.member(id);
      if (over && member != null) {
        assertThat(member.live()).as("served by %s, isolated since %s", id, since).isEmpty();
      }
    });
  }
}
