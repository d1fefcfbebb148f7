package dev.holdfast.floatingip;

import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/**
 * The seeds of made-up cases: the same ones in every run, so that the gate tells the same of the
 * same tree. {@code -Dholdfast.histories=N} searches further, {@code -Dholdfast.seed=N} runs one
 * alone.
 */
public final class Seeds {

  private Seeds() {}

  /**
   * @param usually how many unless a property says otherwise
   * @throws AssertionError of the first case that fails, naming its seed
   */
  public static void each(int usually, LongConsumer run) {
    var one = Long.getLong("holdfast.seed");
    var seeds =
        one == null
            ? LongStream.range(0, Long.getLong("holdfast.histories", usually))
            : LongStream.of(one);
    seeds.forEach(seed -> named(seed, run));
  }

  private static void named(long seed, LongConsumer run) {
    try {
      run.accept(seed);
    } catch (AssertionError | RuntimeException broken) {
      throw new AssertionError(
          "seed %d (run it alone with -Dholdfast.seed=%d): %s"
              .formatted(seed, seed, broken.getMessage()),
          broken);
    }
  }
}
