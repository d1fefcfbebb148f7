package dev.holdfast.dataplane.agreement.stick;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.agreement.LogModel;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.sticky.GroupState;
import dev.holdfast.dataplane.sticky.StickEvent;
import dev.holdfast.dataplane.sticky.table.StickKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Watches one history and fails at the first instant that breaks a law. */
final class StickSimulationLaws implements LogModel.Reader<TableCommand, LedgerImage> {
  static final String ONE_GROUP = "groups that clients of one key reach";

  private final StickSimulation world;
  private final Duration longest;
  private final TableLedger ledger = new TableLedger(0, StickSimulation.BOUNDS);
  private final Map<StickKey, Integer> groups = new HashMap<>();
  private final Set<Integer> known = new TreeSet<>();
  private final Map<Integer, Instant> disabledSince = new HashMap<>();
  private final Map<String, Integer> happened = new TreeMap<>();
  private int links;

  /**
   * @param longest for which a replica may go on that has not heard what was taken away
   */
  StickSimulationLaws(StickSimulation world, Duration longest) {
    this.world = world;
    this.longest = longest;
  }

  TableLedger ledger() {
    return ledger;
  }

  /** How often what happened to keys, by its name. */
  Map<String, Integer> happened() {
    return happened;
  }

  /** Clients that were sent on. */
  int links() {
    return links;
  }

  @Override
  public LedgerImage empty() {
    return new TableLedger(0, StickSimulation.BOUNDS).image();
  }

  @Override
  public LedgerImage newest() {
    return ledger.image();
  }

  @Override
  public void committed(long index, TableCommand command) {
    ledger.apply(index, command).forEach(this::heard);
    assertThat(ledger.table().size())
        .as("keys in the table, at %d", index)
        .isEqualTo(groups.size());
    ledger.head().groups().forEach(group -> known.add(group.id()));
    known.forEach(this::seen);
  }

  /** Whether the group serves anybody; one that was removed does not. */
  private void seen(int group) {
    var standing = ledger.head().group(group);
    if (standing != null && standing.effective() != GroupState.Disabled) {
      disabledSince.remove(group);
    } else {
      disabledSince.putIfAbsent(group, world.queue().now());
    }
  }

  /** An entry is lost by nothing but what the events say. */
  private void heard(StickEvent event) {
    switch (event) {
      case StickEvent.Given(var key, var group) -> {
        count("Given");
        assertThat(groups.put(key, group)).as("the group of %s before", key).isNull();
        assertTakesKeys(group);
      }
      case StickEvent.Moved(var key, var from, var to) -> {
        count("Moved");
        assertThat(groups.put(key, to)).as("the group of %s before", key).isEqualTo(from);
        assertTakesKeys(to);
      }
      case StickEvent.Gone(var key, var group, var end) -> {
        count(end.name());
        assertThat(groups.remove(key)).as("the group of %s before", key).isEqualTo(group);
      }
      case StickEvent.Refused(var key, var refusal) -> count(refusal.name());
      case StickEvent.GroupGone _ -> count("GroupGone");
      case StickEvent.GroupChanged(var before, var now) -> count(now.effective().name());
    }
  }

  private void count(String what) {
    happened.merge(what, 1, Integer::sum);
  }

  private void assertTakesKeys(int group) {
    var standing = ledger.head().group(group);
    assertThat(standing).as("group %d", group).isNotNull();
    assertThat(standing.effective()).as("group %d", group).isEqualTo(GroupState.Active);
  }

  @Override
  public void saved(MemberId member, LedgerImage image) {
    var expected = ledger.image();
    assertThat(image.index()).as("what %s has applied", member).isEqualTo(expected.index());
    assertThat(image.head()).as("the ledger of %s", member).isEqualTo(expected.head());
    assertThat(image.lanes()).as("lanes at %s", member).isEqualTo(expected.lanes());
    assertThat(image.fences()).as("fences at %s", member).isEqualTo(expected.fences());
    assertThat(Images.slots(image)).as("keys at %s", member).isEqualTo(Images.slots(expected));
  }

  void linked(SimulatedClients.Link link) {
    links++;
  }

  /** Holds at every instant. Asked so often that only what is broken is worth an assertion. */
  @Override
  public void check() {
    var live = new HashMap<StickKey, Integer>();
    var latest = world.queue().now().minus(longest);
    for (var replica : world.replicas()) {
      if (replica.moves()) {
        for (var link : replica.clients().links()) {
          var other = live.putIfAbsent(link.key(), link.group());
          if (other != null && other != link.group()) {
            assertThat(link.group())
                .as("%s: %s at %s", ONE_GROUP, link.key(), replica.id())
                .isEqualTo(other);
          }
          var disabled = disabledSince.get(link.group());
          if (disabled != null && disabled.isBefore(latest)) {
            assertThat(link)
                .as("a client of a group that serves nobody since %s", disabled)
                .isNull();
          }
        }
      }
    }
  }
}
