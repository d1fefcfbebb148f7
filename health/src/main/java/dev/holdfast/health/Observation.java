package dev.holdfast.health;

/** What one run of a check saw. */
public sealed interface Observation {

  record Passed() implements Observation {}

  /**
   * @param why for people, such as {@code connect refused}
   */
  record Failed(String why) implements Observation {}
}
