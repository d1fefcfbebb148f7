package dev.holdfast.health;

/**
 * What a check saw beside that it passed. It never changes the verdict.
 *
 * @param text for people; the same in every run as long as the cause is the same
 */
public record Warning(Level level, String text) {

  public enum Level {
    Warning,
    Critical
  }
}
