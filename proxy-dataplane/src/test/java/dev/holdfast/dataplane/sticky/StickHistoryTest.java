package dev.holdfast.dataplane.sticky;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.sticky.table.StickEntry;
import dev.holdfast.dataplane.sticky.table.TableImage;
import dev.holdfast.dataplane.sticky.table.TablePage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StickHistoryTest {
  private static final int COMMANDS = 4_000;

  /** So few that some are left for the next command. */
  private static final int AT_A_TIME = 4;

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("S15 S20 Whatever happens, a machine does what a plain model of the promises does")
  void laws(int seed) {
    var history = new RandomCommands(new Random(seed));
    var machine = new StickMachine(RandomCommands.ENTRIES, seed, AT_A_TIME);
    var laws = new StickLaws(machine);
    for (int step = 0; step < COMMANDS; step++) {
      laws.apply(history.next());
    }
    assertThat(laws.seen()).isGreaterThan(COMMANDS / 4);
    assertThat(laws.left()).as("keys of groups that are no more, left for later").isPositive();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("S15 The same commands make the same machine, also from an image of it on")
  void deterministic(int seed) {
    var history = new RandomCommands(new Random(seed));
    var one = new StickMachine(RandomCommands.ENTRIES, 1, AT_A_TIME);
    var other = new StickMachine(RandomCommands.ENTRIES, 2, AT_A_TIME);
    for (int step = 0; step < COMMANDS; step++) {
      if (step % 500 == 499) {
        other = new StickMachine(copy(other.image()), step, AT_A_TIME);
        other.apply(history.government());
        one.apply(history.government());
      }
      var command = history.next();
      assertThat(one.apply(command)).isEqualTo(other.apply(command));
    }
    assertThat(entries(one)).isEqualTo(entries(other));
    assertThat(one.groups()).isEqualTo(other.groups());
    assertThat(one.image().turns()).isEqualTo(other.image().turns());
  }

  /** As if it had been written down and read. */
  private static MachineImage copy(MachineImage image) {
    var builder = new TableImage.Builder();
    for (int slot = 0; slot < image.table().size(); slot++) {
      builder.add(image.table().slot(slot));
    }
    return new MachineImage(
        image.now(),
        image.groups(),
        image.turns(),
        builder.build(image.table().firstIdle(), image.table().firstFree()));
  }

  private static List<StickEntry> entries(StickMachine machine) {
    var entries = new ArrayList<StickEntry>();
    for (int from = 0; from != TablePage.LAST; ) {
      var page = machine.table().page(from, 7, 20, _ -> true);
      entries.addAll(page.entries());
      from = page.next();
    }
    assertThat(entries).hasSize(machine.table().size());
    return entries;
  }
}
