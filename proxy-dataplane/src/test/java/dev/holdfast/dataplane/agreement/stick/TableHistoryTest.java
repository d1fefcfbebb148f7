package dev.holdfast.dataplane.agreement.stick;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.sticky.StickEvent;
import dev.holdfast.dataplane.sticky.table.StickKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TableHistoryTest {
  private static final int COMMANDS = 2_500;

  /** So that what is to be taken out is left over for the next command now and then. */
  private static final TableLedger.Bounds FEW = new TableLedger.Bounds(3, Fences.MOST_KEYS);

  static IntStream seeds() {
    return IntStream.range(0, 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("S15 The same commands make the same ledger, also from an image of it on")
  void deterministic(int seed) {
    var history = new RandomTableCommands(new Random(seed));
    var one = new TableLedger(1, FEW);
    var other = new TableLedger(2, FEW);
    int events = 0;
    for (int index = 1; index <= COMMANDS; index++) {
      if (index % 500 == 0) {
        other = new TableLedger(other.image(), index, FEW);
      }
      var command = history.next(one.head());
      var happened = one.apply(index, command);
      assertThat(other.apply(index, command)).isEqualTo(happened);
      assertThat(other.head()).isEqualTo(one.head());
      events += happened.size();
    }
    assertThat(Images.entries(one.table())).isEqualTo(Images.entries(other.table()));
    assertThat(other.image().lanes()).isEqualTo(one.image().lanes());
    assertThat(other.image().fences()).isEqualTo(one.image().fences());
    assertThat(events).isGreaterThan(COMMANDS / 10);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("S15 No key is given away before each lease there was says that it was cut")
  void fences(int seed) {
    var history = new RandomTableCommands(new Random(seed));
    var ledger = new TableLedger(seed, FEW);
    var awaited = new HashMap<StickKey, Map<MemberId, Long>>();
    int waits = 0;
    for (long index = 1; index <= COMMANDS; index++) {
      var holders = ledger.head().leases().keySet();
      for (var event : ledger.apply(index, history.next(ledger.head()))) {
        if (event instanceof StickEvent.Given(var key, var group)) {
          assertThat(awaited.getOrDefault(key, Map.of())).as("%s at %d", key, index).isEmpty();
        } else if (event instanceof StickEvent.Gone(var key, var group, var end)) {
          var taken = index;
          awaited.put(
              key, holders.stream().collect(Collectors.toMap(Function.identity(), _ -> taken)));
          waits += holders.size();
        }
      }
      awaited.values().forEach(waited -> heard(waited, ledger.head().leases()));
    }
    assertThat(waits).isGreaterThan(100);
  }

  /** Nobody waits for a lease that has ended, or that says that its holder has cut what went. */
  private static void heard(Map<MemberId, Long> awaited, Map<MemberId, TableLease> leases) {
    awaited
        .entrySet()
        .removeIf(wait -> {
          var lease = leases.get(wait.getKey());
          return lease == null || lease.cut() >= wait.getValue();
        });
  }
}
