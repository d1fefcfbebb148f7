package dev.holdfast.floatingip.plan;

import java.util.Comparator;
import java.util.OptionalInt;

/**
 * A server that floating IPs may point at.
 *
 * @param index from its label, for IPs of the same location and index; empty without the label
 */
public record Server(
    long id, String name, String location, String networkZone, OptionalInt index, Health health) {

  /** The order of candidates: location, index (none last), name; the id where names are equal. */
  public static final Comparator<Server> ORDER =
      Comparator.comparing(Server::location)
          .thenComparing(server -> server.index.isEmpty())
          .thenComparingInt(server -> server.index.orElse(0))
          .thenComparing(Server::name)
          .thenComparingLong(Server::id);
}
