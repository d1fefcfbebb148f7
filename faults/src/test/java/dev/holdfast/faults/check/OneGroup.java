package dev.holdfast.faults.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * At no instant are there connections of one key to two groups, on whatever replicas and ports they
 * arrived.
 *
 * <p>As with {@link OneBackend}, one transfer may slip on a connection whose replica was stopped:
 * of two connections that were there at a time, both must have moved something at more than one
 * instant of it.
 */
final class OneGroup {
  private static final String PROMISE = "one group";

  private OneGroup() {}

  static List<Violation> check(List<Connection> connections) {
    var violations = new ArrayList<Violation>();
    connections.stream()
        .filter(connection -> connection.backends().size() > 1)
        .map(connection ->
            new Violation(
                connection.acceptedAt(),
                PROMISE,
                connection.name() + " reached " + connection.backends()))
        .forEach(violations::add);
    connections.stream()
        .filter(connection -> connection.backends().size() == 1)
        .collect(Collectors.groupingBy(Connection::key))
        .values()
        .forEach(ofOneKey -> compare(ofOneKey, violations));
    return violations;
  }

  private static void compare(List<Connection> ofOneKey, List<Violation> violations) {
    var inOrder =
        ofOneKey.stream().sorted(Comparator.comparingLong(Connection::thereFrom)).toList();
    for (var one = 0; one < inOrder.size(); one++) {
      var earlier = inOrder.get(one);
      for (var other = one + 1; other < inOrder.size(); other++) {
        var later = inOrder.get(other);
        if (later.thereFrom() > earlier.thereUntil()) {
          break;
        }
        if (!later.backends().equals(earlier.backends()) && together(earlier, later)) {
          violations.add(new Violation(later.thereFrom(), PROMISE, found(earlier, later)));
        }
      }
    }
  }

  private static boolean together(Connection one, Connection other) {
    return !Move.atOneInstant(one.movesWithin(other.thereFrom(), other.thereUntil()))
        && !Move.atOneInstant(other.movesWithin(one.thereFrom(), one.thereUntil()));
  }

  private static String found(Connection one, Connection other) {
    return "%s with %s from %d to %d, %s with %s from %d to %d"
        .formatted(
            one.name(),
            one.backends(),
            one.thereFrom(),
            one.thereUntil(),
            other.name(),
            other.backends(),
            other.thereFrom(),
            other.thereUntil());
  }
}
