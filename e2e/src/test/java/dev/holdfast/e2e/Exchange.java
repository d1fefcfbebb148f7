package dev.holdfast.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One line of a client's record: what it tried, when, and what came of it. */
record Exchange(Instant begin, Instant end, Outcome outcome, String text) {

  enum Outcome {
    /** A new connection: the backend's name and our line came back, then the end. */
    ANSWERED,
    /** A new connection, or an echo, that went otherwise. */
    FAILED,
    /** The kept connection is there; the text is the backend's name. */
    OPENED,
    ECHOED,
    /** The kept connection has ended, or could not be had. */
    ENDED
  }

  /** Passes over what the shell says of a client whose time is over. */
  static List<Exchange> parse(String log) {
    return log.lines()
        .filter(line -> !line.equals("Terminated"))
        .map(line -> line.split(" ", 4))
        .map(Exchange::parse)
        .toList();
  }

  private static Exchange parse(String[] fields) {
    return new Exchange(
        instant(fields[0]),
        instant(fields[1]),
        Outcome.valueOf(fields[2]),
        fields.length > 3 ? fields[3] : "");
  }

  static Instant instant(String epochSeconds) {
    var point = epochSeconds.indexOf('.');
    var micros = Long.parseLong(epochSeconds.substring(point + 1));
    return Instant.ofEpochSecond(
        Long.parseLong(epochSeconds.substring(0, point)),
        Duration.ofNanos(micros * 1000).toNanos());
  }

  Duration took() {
    return Duration.between(begin, end);
  }

  String backend() {
    return text.split(" ", 2)[0];
  }

  boolean answeredBy(String backend) {
    return outcome == Outcome.ANSWERED && backend().equals(backend);
  }
}
