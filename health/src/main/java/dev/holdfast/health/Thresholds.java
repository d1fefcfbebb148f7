package dev.holdfast.health;

/**
 * @param rise consecutive passes that make a check Healthy
 * @param fall consecutive failures that make a check Unhealthy
 */
public record Thresholds(int rise, int fall) {

  public Thresholds {
    if (rise < 1 || fall < 1) {
      throw new IllegalArgumentException(
          "rise and fall must be 1 or more, found rise " + rise + " and fall " + fall);
    }
  }
}
