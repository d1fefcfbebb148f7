package dev.holdfast.faults.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * A key that had a group once has it for good: no entry that a client was served by is ever lost.
 * Only where keys do not expire and groups stay as they are.
 */
final class KeptKeys {
  private static final String PROMISE = "kept keys";

  private KeptKeys() {}

  static List<Violation> check(List<Connection> connections) {
    var first = new HashMap<String, Connection>();
    var violations = new ArrayList<Violation>();
    for (var connection : connections) {
      if (!connection.backends().isEmpty()) {
        var before = first.putIfAbsent(connection.key(), connection);
        if (before != null && !before.backends().equals(connection.backends())) {
          violations.add(
              new Violation(
                  connection.acceptedAt(),
                  PROMISE,
                  "%s is with %s, %s was with %s"
                      .formatted(
                          connection.name(),
                          connection.backends(),
                          before.name(),
                          before.backends())));
        }
      }
    }
    return violations;
  }
}
