package dev.holdfast.faults.check;

/**
 * @param at when it was certain
 */
public record Violation(long at, String promise, String found) {
  @Override
  public String toString() {
    return at + " " + promise + ": " + found;
  }
}
