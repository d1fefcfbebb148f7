package dev.holdfast.operator.dataplane;

import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement;
import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement.State;
import dev.holdfast.api.dataplane.DataPlaneStatus.ConnectionCounts;
import dev.holdfast.api.dataplane.DataPlaneStatus.Health;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.api.dataplane.DataPlaneStatus.RefusedConfig;
import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.api.dataplane.StickyBalancerReport.Check;
import dev.holdfast.api.dataplane.StickyBalancerReport.Entries;
import dev.holdfast.api.dataplane.StickyBalancerReport.Group;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What pods of {@code play/game} say. */
public final class BalancerWords {

  private static final List<Listener> OPEN =
      List.of(
          new Listener("::", 5280, Listener.State.Open, null),
          new Listener("::", 5281, Listener.State.Open, null));

  private static final int LEADER = 1;

  private BalancerWords() {}

  /** Of a pod by itself; what is not Active is so because of a check. */
  public static StickyBalancerReport saying(int pod, String blue, String green) {
    return saying(pod, List.of(blue, green), null);
  }

  public static StickyBalancerReport saying(
      int pod, List<String> effective, @Nullable Agreement agreement) {
    // Only who leads hears all votes.
    var votes = agreement != null && pod == LEADER ? "3/3" : null;
    return report(
        pod,
        3,
        OPEN,
        List.of(
            group(1, "blue", "Active", effective.get(0), 4, votes),
            group(2, "green", "Active", effective.get(1), 6, votes)),
        null,
        agreement);
  }

  /** Somebody has drained blue through the admin interface. */
  public static StickyBalancerReport drained(int pod) {
    var drained =
        new Group(
            1, "blue", "Active", "Draining", "Runtime", null, Words.THEN, 4, 2, null, List.of());
    return report(
        pod, 3, OPEN, List.of(drained, group(2, "green", "Active", "Active", 6, null)), null, null);
  }

  public static StickyBalancerReport refusingAtFirst(int pod) {
    return report(
        pod,
        0,
        List.of(),
        List.of(),
        new RefusedConfig(3, List.of("spec.replicas: not built yet")),
        null);
  }

  /** Of a pod that has not joined the others, and so has no table. */
  public static StickyBalancerReport knowingNothing(int pod, Agreement agreement) {
    return report(pod, 3, OPEN, List.of(), null, agreement);
  }

  /** Of a member of the group g1, which has three. */
  public static Agreement agreement(State state) {
    return new Agreement(
        state,
        "g1",
        state == State.Agreed ? "game-stb-" + LEADER : null,
        List.of("game-stb-0", "game-stb-1", "game-stb-2"),
        0,
        state == State.Agreed ? null : "as the test says");
  }

  public static StickyBalancerReport withListeners(
      StickyBalancerReport word, List<Listener> listeners) {
    return report(0, 3, listeners, word.groups(), null, null);
  }

  private static Group group(
      int id, String name, String wanted, String effective, long keys, @Nullable String votes) {
    var well = wanted.equals(effective);
    var check =
        new Check(
            "up",
            well ? Health.Healthy : Health.Unhealthy,
            "Drain",
            well ? null : "connect refused",
            Words.THEN);
    return new Group(
        id,
        name,
        wanted,
        effective,
        well ? "Spec" : "Check/up",
        votes,
        Words.THEN,
        keys,
        2,
        null,
        List.of(check));
  }

  private static StickyBalancerReport report(
      int pod,
      long generation,
      List<Listener> listeners,
      List<Group> groups,
      @Nullable RefusedConfig refused,
      @Nullable Agreement agreement) {
    return new StickyBalancerReport(
        "StickyBalancer",
        "play",
        "game",
        "game-stb-" + pod,
        generation,
        listeners,
        groups,
        new Entries(10, 2, 1_000_000, 0, 0, 0),
        new ConnectionCounts(4, 0, 9, 0, 0),
        refused,
        agreement);
  }
}
