package dev.holdfast.faults.check;

import dev.holdfast.faults.record.Observation;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Proves from what was recorded that the promises of docs/sticky-balancer.md were kept. */
public final class StickChecker {
  private StickChecker() {}

  /** What is to become of keys that nobody uses. */
  public enum Keys {
    /** They may have another group afterwards. */
    Expire,
    /** They keep their group for the whole time. */
    Stay
  }

  /**
   * @param progressWithin after the last change of faults, when a majority can talk
   * @return in the order of time; empty when all promises were kept
   */
  public static List<Violation> check(
      List<Observation> observations, Keys keys, Duration progressWithin) {
    var inOrder = observations.stream().sorted(Comparator.comparingLong(Observation::at)).toList();
    var connections = Connection.of(inOrder);
    return Stream.of(
            OneGroup.check(connections),
            keys == Keys.Stay ? KeptKeys.check(connections) : List.<Violation>of(),
            Progress.check(inOrder, progressWithin))
        .flatMap(List::stream)
        .sorted(Comparator.comparingLong(Violation::at))
        .toList();
  }
}
