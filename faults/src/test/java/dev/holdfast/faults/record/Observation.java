package dev.holdfast.faults.record;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What somebody saw, and when. All processes are on one machine, so that all times are of one
 * CLOCK_MONOTONIC, in nanoseconds. Whoever acts notes the time before it, whoever learns of it
 * afterwards: so what happened lies between the two notes.
 */
public sealed interface Observation {
  long at();

  /** A client is about to connect to a replica. */
  record Opened(long at, String connection, String replica) implements Observation {}

  /** A client is about to send a line. */
  record Sent(long at, String connection, long line) implements Observation {}

  /** A client has the answer to a line. */
  record Answered(long at, String connection, long line, String backend) implements Observation {}

  /** A backend accepted a connection. It is told with the first line, which names it. */
  record Accepted(long at, String connection, String backend) implements Observation {}

  /** A backend has a line, and is about to answer. */
  record Received(long at, String connection, long line, String backend) implements Observation {}

  /**
   * @param run tells two runs of one epoch's hooks apart
   */
  record HookBegun(long at, long epoch, String backend, String run) implements Observation {}

  record HookEnded(long at, long epoch, String backend, String run) implements Observation {}

  /** A replica's status named the primary. */
  record Told(long at, String replica, long epoch, String backend) implements Observation {}

  /** A replica is about to read its log from the beginning: it starts, or opens it again. */
  record Started(long at, String replica) implements Observation {}

  /** Faults were put in place, or taken back. */
  record Changed(long at, World world) implements Observation {}

  /** As a line for {@link #parse}. */
  default String text() {
    return switch (this) {
      case Opened(var at, var connection, var replica) -> join("opened", at, connection, replica);
      case Sent(var at, var connection, var line) -> join("sent", at, connection, line);
      case Answered(var at, var connection, var line, var backend) ->
          join("answered", at, connection, line, backend);
      case Accepted(var at, var connection, var backend) ->
          join("accepted", at, connection, backend);
      case Received(var at, var connection, var line, var backend) ->
          join("received", at, connection, line, backend);
      case HookBegun(var at, var epoch, var backend, var run) ->
          join("begun", at, epoch, backend, run);
      case HookEnded(var at, var epoch, var backend, var run) ->
          join("ended", at, epoch, backend, run);
      case Told(var at, var replica, var epoch, var backend) ->
          join("told", at, replica, epoch, backend);
      case Started(var at, var replica) -> join("started", at, replica);
      case Changed(var at, var world) -> join("changed", at, world);
    };
  }

  /** Of what another process wrote down, which is everything but {@link Changed}. */
  static Observation parse(String text) {
    var word = text.split(" ");
    var at = Long.parseLong(word[1]);
    return switch (word[0]) {
      case "opened" -> new Opened(at, word[2], word[3]);
      case "sent" -> new Sent(at, word[2], Long.parseLong(word[3]));
      case "answered" -> new Answered(at, word[2], Long.parseLong(word[3]), word[4]);
      case "accepted" -> new Accepted(at, word[2], word[3]);
      case "received" -> new Received(at, word[2], Long.parseLong(word[3]), word[4]);
      case "begun" -> new HookBegun(at, Long.parseLong(word[2]), word[3], word[4]);
      case "ended" -> new HookEnded(at, Long.parseLong(word[2]), word[3], word[4]);
      case "told" -> new Told(at, word[2], Long.parseLong(word[3]), word[4]);
      case "started" -> new Started(at, word[2]);
      default -> throw new IllegalArgumentException("expected an observation, found: " + text);
    };
  }

  private static String join(Object... words) {
    return Arrays.stream(words).map(String::valueOf).collect(Collectors.joining(" "));
  }
}
