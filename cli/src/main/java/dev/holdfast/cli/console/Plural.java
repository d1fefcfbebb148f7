package dev.holdfast.cli.console;

/** A number and what it counts. */
public final class Plural {
  private Plural() {}

  /** Such as {@code 1 problem} or {@code 2 problems}. */
  public static String of(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
