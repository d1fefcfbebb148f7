package dev.holdfast.faults.check;

import dev.holdfast.faults.record.Observation;
import dev.holdfast.faults.record.Observation.Accepted;
import dev.holdfast.faults.record.Observation.Answered;
import dev.holdfast.faults.record.Observation.Opened;
import dev.holdfast.faults.record.Observation.Received;
import dev.holdfast.faults.record.Observation.Sent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** One client's connection through a replica, from the notes of both ends. */
final class Connection {
  private final String name;
  private final Map<Long, Long> sent = new HashMap<>();
  private final Map<Long, Long> received = new HashMap<>();
  private final TreeSet<String> backends = new TreeSet<>();
  private final List<Move> moves = new ArrayList<>();
  private long openedAt;
  private long acceptedAt = Long.MAX_VALUE;

  private Connection(String name) {
    this.name = name;
  }

  static List<Connection> of(List<Observation> observations) {
    var connections = new LinkedHashMap<String, Connection>();
    for (var seen : observations) {
      switch (seen) {
        case Opened(var at, var name, var replica) -> named(connections, name).openedAt = at;
        case Sent(var at, var name, var line) -> named(connections, name).sent.put(line, at);
        case Accepted(var at, var name, var backend) ->
            named(connections, name).accepted(at, backend);
        case Received(var at, var name, var line, var backend) ->
            named(connections, name).received(at, line, backend);
        case Answered(var at, var name, var line, var backend) ->
            named(connections, name).answered(at, line);
        case Observation _ -> {}
      }
    }
    return List.copyOf(connections.values());
  }

  private static Connection named(Map<String, Connection> connections, String name) {
    return connections.computeIfAbsent(name, Connection::new);
  }

  private void accepted(long at, String backend) {
    acceptedAt = Math.min(at, acceptedAt);
    backends.add(backend);
    moves.add(new Move(openedAt, at, name + " came to " + backend));
  }

  private void received(long at, long line, String backend) {
    received.put(line, at);
    backends.add(backend);
    moves.add(
        new Move(noted(sent, line), at, "line %d of %s to %s".formatted(line, name, backend)));
  }

  private void answered(long at, long line) {
    moves.add(new Move(noted(received, line), at, "answer %d of %s".formatted(line, name)));
  }

  private long noted(Map<Long, Long> notes, long line) {
    var at = notes.get(line);
    if (at == null) {
      throw new IllegalStateException(
          "expected a note of who sent line %d of %s, found none".formatted(line, name));
    }
    return at;
  }

  String name() {
    return name;
  }

  /** The key of a client at a balancer, which is a part of the connection's name. */
  String key() {
    return name.split("\\.")[1];
  }

  /** A time at which it was there already. */
  long thereFrom() {
    return moves.stream().mapToLong(Move::to).min().orElse(Long.MAX_VALUE);
  }

  /** A time at which it was there still. */
  long thereUntil() {
    return moves.stream().mapToLong(Move::from).max().orElse(Long.MIN_VALUE);
  }

  /** {@link Long#MAX_VALUE} when no backend had a line of it. */
  long acceptedAt() {
    return acceptedAt;
  }

  /** More than one only where the proxy is broken. */
  TreeSet<String> backends() {
    return backends;
  }

  /** What surely passed at this time or later. */
  List<Move> movesAfter(long time) {
    return movesWithin(time, Long.MAX_VALUE);
  }

  /** What surely passed between these times. */
  List<Move> movesWithin(long from, long to) {
    return moves.stream().filter(move -> move.from() >= from && move.to() <= to).toList();
  }
}
