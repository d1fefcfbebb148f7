package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.relay.proxyprotocol.ProxyProtocol;
import dev.holdfast.dataplane.relay.transport.SocketOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one relay behaves. A changed {@code listen} binds and closes what differs without touching a
 * connection; the rest applies to connections made from then on.
 *
 * @param resource {@code namespace/name}, the value of the metric label {@code resource}
 * @param backends names of the configured backends: figures of others are dropped once they have no
 *     connection
 * @param listen at least one, none of them twice
 * @param firstBytes what clients have to say before they are routed; null: nothing
 */
public record RelayOptions(
    String resource,
    List<String> backends,
    List<Listen> listen,
    OnConnectFailure onConnectFailure,
    Limits limits,
    Waits waits,
    SocketOptions sockets,
    ProxyProtocol proxyProtocol,
    @Nullable FirstBytes firstBytes) {

  public RelayOptions {
    backends = List.copyOf(backends);
    listen = List.copyOf(listen);
    if (listen.isEmpty() || listen.size() != Set.copyOf(listen).size()) {
      throw new IllegalArgumentException("expected different ports to listen on, found " + listen);
    }
  }

  /** The defaults of the resource's schema, listening on one address. */
  public static RelayOptions defaults(String resource, String address, int port) {
    return new RelayOptions(
        resource,
        List.of(),
        List.of(new Listen(address, port)),
        OnConnectFailure.RetryNext,
        new Limits(10_000, 0, 1_000, 0),
        new Waits(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ZERO, Duration.ZERO),
        new SocketOptions(true, true),
        ProxyProtocol.NONE,
        null);
  }

  /**
   * @param address an IP literal; {@code ::} is every address of both families
   * @param port 0 lets the kernel choose
   */
  public record Listen(String address, int port) {}

  /** What becomes of the client whose connect to the backend failed. */
  public enum OnConnectFailure {
    /** Parked until a target of another epoch is admitted, or its router has it go on. */
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
   * @param retryDeadline how long a client is kept after its first failed connect, while it waits
   *     for its turn, or for its router's word; no less than {@code holdFor}, because all of them
   *     count from the first wait
   * @param idleTimeout cut when no byte moved in either direction; zero: never
   * @param maxLifetime cut when the connection is this old; zero: never
   */
  public record Waits(
      Duration holdFor, Duration retryDeadline, Duration idleTimeout, Duration maxLifetime) {}

  /**
   * What a client says first, from byte {@code start} to before byte {@code end}, is shown to its
   * router. All that was read is passed on.
   *
   * @param end at most {@link #LONGEST}
   * @param maxWait from the accept, or from the end of its PROXY header
   */
  public record FirstBytes(int start, int end, Duration maxWait, OnShort onShort) {
    /** In bytes; so that who says too little to be routed costs little. */
    public static final int LONGEST = 1_024;

    public FirstBytes {
      if (start < 0 || end <= start || end > LONGEST || !maxWait.isPositive()) {
        throw new IllegalArgumentException(
            "expected 0 <= start < end <= %d and a time to wait, found %d, %d and %s"
                .formatted(LONGEST, start, end, maxWait));
      }
    }

    /** What becomes of a client that has not said as much in time. */
    public enum OnShort {
      /** It is shown as having said nothing. */
      UseIP,
      Reject
    }
  }

  public RelayOptions withListen(List<Listen> newListen) {
    return new RelayOptions(
        resource,
        backends,
        newListen,
        onConnectFailure,
        limits,
        waits,
        sockets,
        proxyProtocol,
        firstBytes);
  }

  public RelayOptions withBackends(List<String> newBackends) {
    return new RelayOptions(
        resource,
        newBackends,
        listen,
        onConnectFailure,
        limits,
        waits,
        sockets,
        proxyProtocol,
        firstBytes);
  }

  public RelayOptions withOnConnectFailure(OnConnectFailure newOnConnectFailure) {
    return new RelayOptions(
        resource,
        backends,
        listen,
        newOnConnectFailure,
        limits,
        waits,
        sockets,
        proxyProtocol,
        firstBytes);
  }

  public RelayOptions withLimits(Limits newLimits) {
    return new RelayOptions(
        resource,
        backends,
        listen,
        onConnectFailure,
        newLimits,
        waits,
        sockets,
        proxyProtocol,
        firstBytes);
  }

  public RelayOptions withWaits(Waits newWaits) {
    return new RelayOptions(
        resource,
        backends,
        listen,
        onConnectFailure,
        limits,
        newWaits,
        sockets,
        proxyProtocol,
        firstBytes);
  }

  public RelayOptions withSockets(SocketOptions newSockets) {
    return new RelayOptions(
        resource,
        backends,
        listen,
        onConnectFailure,
        limits,
        waits,
        newSockets,
        proxyProtocol,
        firstBytes);
  }

  public RelayOptions withProxyProtocol(ProxyProtocol newProxyProtocol) {
    return new RelayOptions(
        resource,
        backends,
        listen,
        onConnectFailure,
        limits,
        waits,
        sockets,
        newProxyProtocol,
        firstBytes);
  }

  public RelayOptions withFirstBytes(@Nullable FirstBytes newFirstBytes) {
    return new RelayOptions(
        resource,
        backends,
        listen,
        onConnectFailure,
        limits,
        waits,
        sockets,
        proxyProtocol,
        newFirstBytes);
  }
}
