package dev.holdfast.cli.status;

import java.time.Duration;
import java.time.Instant;

/** How long ago something was. */
final class Age {
  private Age() {}

  /** The largest whole unit, as kubectl shows it. */
  static String of(Instant since, Instant now) {
    var age = Duration.between(since, now);
    if (age.toDays() > 0) {
      return age.toDays() + "d";
    }
    if (age.toHours() > 0) {
      return age.toHours() + "h";
    }
    return age.toMinutes() > 0 ? age.toMinutes() + "m" : Math.max(0, age.toSeconds()) + "s";
  }
}
