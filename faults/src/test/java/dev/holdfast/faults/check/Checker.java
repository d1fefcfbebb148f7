package dev.holdfast.faults.check;

import dev.holdfast.faults.record.Observation;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Proves from what was recorded that the promises of docs/agreement.md were kept. */
public final class Checker {
  private Checker() {}

  /**
   * @param progressWithin after the last change of faults, when a majority can talk
   * @return in the order of time; empty when all promises were kept
   */
  public static List<Violation> check(List<Observation> observations, Duration progressWithin) {
    var inOrder = observations.stream().sorted(Comparator.comparingLong(Observation::at)).toList();
    var epochs = new Epochs(inOrder);
    var connections = Connection.of(inOrder);
    return Stream.of(
            GrowingEpochs.check(inOrder),
            HooksFirst.check(inOrder, epochs, connections),
            OneBackend.check(epochs, connections),
            Progress.check(inOrder, progressWithin))
        .flatMap(List::stream)
        .sorted(Comparator.comparingLong(Violation::at))
        .toList();
  }
}
