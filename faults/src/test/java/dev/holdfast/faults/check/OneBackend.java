package dev.holdfast.faults.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * At every instant the clients of all replicas reach at most one backend in one epoch: once the
 * hooks of a newer epoch have begun, nothing passes in an older one.
 *
 * <p>One transfer may slip on a connection, that of a process which was stopped between comparing
 * the time and moving bytes. It happens at one instant, and so all that passed late must have been
 * able to pass at one instant: a client that waits for each answer gets one line through, and no
 * answer. Bytes in the kernel's buffers are not counted: what is late was sent after the fence, so
 * that a replica has moved it since.
 */
final class OneBackend {
  private static final String PROMISE = "one backend";

  private OneBackend() {}

  static List<Violation> check(Epochs epochs, List<Connection> connections) {
    return connections.stream().flatMap(connection -> check(epochs, connection)).toList();
  }

  private static Stream<Violation> check(Epochs epochs, Connection connection) {
    var violations = new ArrayList<Violation>();
    if (connection.backends().size() > 1) {
      violations.add(
          new Violation(
              connection.acceptedAt(),
              PROMISE,
              connection.name() + " reached " + connection.backends()));
    }
    for (var backend : connection.backends()) {
      epochs
          .admitting(backend, connection.acceptedAt())
          .flatMap(epoch -> late(epoch, connection))
          .ifPresent(violations::add);
    }
    return violations.stream();
  }

  private static Optional<Violation> late(Epochs.Epoch epoch, Connection connection) {
    var late = connection.movesAfter(epoch.fencedAt());
    return Move.atOneInstant(late)
        ? Optional.empty()
        : Optional.of(
            new Violation(
                late.getFirst().to(),
                PROMISE,
                "%d moves in epoch %d, which was over at %d; the first: %s; the last: %s"
                    .formatted(
                        late.size(),
                        epoch.number(),
                        epoch.fencedAt(),
                        late.getFirst(),
                        late.getLast())));
  }
}
