package dev.holdfast.health;

import org.jspecify.annotations.Nullable;

/** What one run of a check saw. */
public sealed interface Observation {

  /**
   * @param warning what was seen beside
   */
  record Passed(@Nullable Warning warning) implements Observation {
    public Passed() {
      this(null);
    }
  }

  /**
   * @param why for people, such as {@code connect refused}
   */
  record Failed(String why) implements Observation {}
}
