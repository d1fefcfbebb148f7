import dev.holdfast.dataplane.sticky.Balance;
import dev.holdfast.dataplane.sticky.GroupPolicy;
import dev.holdfast.dataplane.sticky.GroupState;
import dev.holdfast.dataplane.sticky.StickCommand;
import dev.holdfast.dataplane.sticky.StickMachine;
import dev.holdfast.dataplane.sticky.table.StickKey;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A stick table of a million IPv4 entries: heap per entry, claims, the longest pause of one of
 * them, how long a copy for a snapshot takes, lookups beside a writer, and the end of a group with
 * half of the keys.
 */
final class TableBenchmark {
  private static final int ENTRIES = 1_000_000;
  private static final int BATCH = 100;
  private static final int FOR_MILLIS = 5_000;
  private static final int COPIES = 20;
  private static final GroupPolicy BLUE = new GroupPolicy(1, "blue", GroupState.Active, 1);
  private static final GroupPolicy GREEN = new GroupPolicy(2, "green", GroupState.Active, 1);

  public static void main(String[] args) throws Exception {
    fill(); // warms up
    System.gc();
    var before = used();
    var pauses = new long[ENTRIES / BATCH];
    var machine = machine();
    var started = System.nanoTime();
    fill(machine, pauses);
    var took = System.nanoTime() - started;
    System.gc();
    Arrays.sort(pauses);
    row("heap for each entry, bytes", (used() - before) / (double) ENTRIES);
    row("new keys claimed a second, one thread", ENTRIES / seconds(took));
    row("batch of 100 new keys, median, us", micros(pauses[pauses.length / 2]));
    row("batch of 100 new keys, p99.9, us", micros(pauses[pauses.length * 999 / 1_000]));
    row("batch of 100 new keys, longest, us", micros(pauses[pauses.length - 1]));
    copies(machine);
    for (int threads : new int[] {1, 2, 4}) {
      row(
          "lookups a second, %d threads, no writer".formatted(threads),
          lookups(machine, threads, false));
      row(
          "lookups a second, %d threads beside a writer".formatted(threads),
          lookups(machine, threads, true));
    }
    removal(machine);
  }

  /** The configuration has one of the groups only; the other's keys go as time goes on. */
  private static void removal(StickMachine machine) {
    var took = new ArrayList<Long>();
    StickCommand command = governed(BLUE);
    do {
      var started = System.nanoTime();
      machine.apply(command);
      took.add(System.nanoTime() - started);
      command = new StickCommand.Advance(machine.now());
    } while (machine.table().groups().size() > 1);
    took.sort(null);
    row("a group's half of the keys taken out, commands", took.size());
    row("of those the median, us", micros(took.get(took.size() / 2)));
    row("the longest, us", micros(took.getLast()));
  }

  private static StickMachine machine() {
    var machine = new StickMachine(ENTRIES, 17);
    machine.apply(governed(BLUE, GREEN));
    return machine;
  }

  private static StickCommand governed(GroupPolicy... groups) {
    return new StickCommand.Govern(List.of(groups), Balance.LeastKeys, 1_800, ENTRIES);
  }

  private static void fill() throws Exception {
    fill(machine(), new long[ENTRIES / BATCH]);
  }

  private static void fill(StickMachine machine, long[] pauses) throws Exception {
    for (int batch = 0; batch < pauses.length; batch++) {
      var keys = new ArrayList<StickKey>(BATCH);
      for (int number = 0; number < BATCH; number++) {
        keys.add(key(batch * BATCH + number));
      }
      var claim = new StickCommand.Claim(keys);
      var started = System.nanoTime();
      machine.apply(claim);
      pauses[batch] = System.nanoTime() - started;
    }
  }

  private static void copies(StickMachine machine) {
    var took = new long[COPIES];
    for (int copy = 0; copy < COPIES; copy++) {
      var started = System.nanoTime();
      var image = machine.image();
      took[copy] = System.nanoTime() - started;
      if (image.table().size() != ENTRIES) {
        throw new IllegalStateException("expected a whole copy");
      }
    }
    Arrays.sort(took);
    row("copy for a snapshot, median, us", micros(took[COPIES / 2]));
    row("copy for a snapshot, longest, us", micros(took[COPIES - 1]));
  }

  /** The writer gives up a key and claims another one, all the time. */
  private static double lookups(StickMachine machine, int threads, boolean writer)
      throws Exception {
    var over = new AtomicBoolean();
    var count = new AtomicLong();
    var all = new ArrayList<Thread>();
    for (int thread = 0; thread < threads; thread++) {
      var from = thread * 7_919;
      all.add(Thread.ofPlatform().start(() -> count.addAndGet(lookUp(machine, from, over))));
    }
    if (writer) {
      all.add(Thread.ofPlatform().start(() -> write(machine, over)));
    }
    var started = System.nanoTime();
    all.getFirst().join(FOR_MILLIS);
    over.set(true);
    var took = System.nanoTime() - started;
    for (var thread : all) {
      thread.join(FOR_MILLIS);
    }
    return count.get() / seconds(took);
  }

  private static long lookUp(StickMachine machine, int from, AtomicBoolean over) {
    long found = 0;
    for (int number = from; !over.get(); number = (number + 7) % (ENTRIES / 2)) {
      if (machine.table().group(key(number)).isEmpty()) {
        throw new IllegalStateException("expected a known key, " + key(number) + " is none");
      }
      found++;
    }
    return found;
  }

  private static void write(StickMachine machine, AtomicBoolean over) {
    for (int number = 0; !over.get(); number = (number + 1) % (ENTRIES / 2)) {
      var key = key(ENTRIES / 2 + number);
      machine.apply(new StickCommand.Remove(key));
      machine.apply(new StickCommand.Claim(List.of(key)));
    }
  }

  private static StickKey key(int number) {
    try {
      return StickKey.of(
          InetAddress.getByAddress(
              new byte[] {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number}),
          32);
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long used() {
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static double seconds(long nanos) {
    return nanos / (double) TimeUnit.SECONDS.toNanos(1);
  }

  private static double micros(long nanos) {
    return nanos / 1e3;
  }

  private static void row(String what, double figure) {
    System.out.printf("| %s | %,.0f |%n", what, figure);
  }
}
