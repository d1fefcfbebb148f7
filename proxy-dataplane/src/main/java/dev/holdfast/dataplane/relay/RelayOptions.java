package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.relay.proxyprotocol.ProxyProtocol;
import java.time.Duration;
import java.util.List;

/**
 * How one relay behaves. A changed {@code listen} binds anew without touching a connection; the
 * rest applies to connections made from then on.
 *
 * @param resource {@code namespace/name}, the value of the metric label {@code resource}
 * @param backends names of the configured backends: figures of others are dropped once they have no
 *     connection
 */
public record RelayOptions(
    String resource,
    List<String> backends,
    Listen listen,
    OnConnectFailure onConnectFailure,
    Limits limits,
    Waits waits,
    Sockets sockets,
    ProxyProtocol proxyProtocol) {

  public RelayOptions {
    backends = List.copyOf(backends);
  }

  /** The defaults of the resource's schema, listening on one address. */
  public static RelayOptions defaults(String resource, String address, int port) {
    return new RelayOptions(
        resource,
        List.of(),
        new Listen(address, port),
        OnConnectFailure.RetryNext,
        new Limits(10_000, 0, 1_000, 0),
        new Waits(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ZERO, Duration.ZERO),
        new Sockets(true, true),
        ProxyProtocol.NONE);
  }

  /**
   * @param address an IP literal; {@code ::} is every address of both families
   * @param port 0 lets the kernel choose
   */
  public record Listen(String address, int port) {}

  /** What becomes of the client whose connect to the backend failed. */
  public enum OnConnectFailure {
    /** Parked until a target of another epoch is admitted. */
    RetryNext,
    Close
  }

  /**
   * @param maxConnections clients at a time, parked and connecting ones included; 0: no limit
   * @param maxConnectionsPerBackend connections to one backend at a time; 0: no limit
   * @param maxHeld clients parked at a time, for whatever reason
   * @param freshPerSecond clients that are connected to a fresh primary within a second; 0: no
   *     limit
   */
  public record Limits(
      int maxConnections, int maxConnectionsPerBackend, int maxHeld, int freshPerSecond) {}

  /**
   * @param holdFor how long a client is parked under {@link Admission.Hold}
   * @param retryDeadline how long a client is kept after its first failed connect, or while it
   *     waits for its turn
   * @param idleTimeout cut when no byte moved in either direction; zero: never
   * @param maxLifetime cut when the connection is this old; zero: never
   */
  public record Waits(
      Duration holdFor, Duration retryDeadline, Duration idleTimeout, Duration maxLifetime) {}

  /** TCP options of both sides. */
  public record Sockets(boolean noDelay, boolean keepAlive) {}

  public RelayOptions withListen(Listen newListen) {
    return new RelayOptions(
        resource, backends, newListen, onConnectFailure, limits, waits, sockets, proxyProtocol);
  }

  public RelayOptions withBackends(List<String> newBackends) {
    return new RelayOptions(
        resource, newBackends, listen, onConnectFailure, limits, waits, sockets, proxyProtocol);
  }

  public RelayOptions withOnConnectFailure(OnConnectFailure newOnConnectFailure) {
    return new RelayOptions(
        resource, backends, listen, newOnConnectFailure, limits, waits, sockets, proxyProtocol);
  }

  public RelayOptions withLimits(Limits newLimits) {
    return new RelayOptions(
        resource, backends, listen, onConnectFailure, newLimits, waits, sockets, proxyProtocol);
  }

  public RelayOptions withWaits(Waits newWaits) {
    return new RelayOptions(
        resource, backends, listen, onConnectFailure, limits, newWaits, sockets, proxyProtocol);
  }

  public RelayOptions withSockets(Sockets newSockets) {
    return new RelayOptions(
        resource, backends, listen, onConnectFailure, limits, waits, newSockets, proxyProtocol);
  }

  public RelayOptions withProxyProtocol(ProxyProtocol newProxyProtocol) {
    return new RelayOptions(
        resource, backends, listen, onConnectFailure, limits, waits, sockets, newProxyProtocol);
  }
}
