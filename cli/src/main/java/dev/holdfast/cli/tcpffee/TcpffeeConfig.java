package dev.holdfast.cli.tcpffee;

import dev.holdfast.cli.convert.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * tcpffee's configuration with its defaults in place.
 *
 * @param stats where its HTTP interface listens
 * @param slice null when clients are known by their address alone
 * @param groups by their numbers
 * @param notes what was set and has no effect here, a sentence each
 */
record TcpffeeConfig(
    String bindAddress,
    List<Integer> ports,
    Endpoint stats,
    Duration expiration,
    @Nullable Slice slice,
    List<Group> groups,
    Peers peers,
    List<String> notes) {

  /** Bytes of a client's first message, from {@code start} to before {@code end}. */
  record Slice(int start, int end) {}

  /**
   * @param host of all ports; null when they are mapped one by one
   * @param hosts by the port that clients connect to; empty when there is one host
   */
  record Group(
      int id,
      @Nullable String host,
      Map<Integer, Endpoint> hosts,
      boolean drain,
      boolean disabled,
      List<Check> checks) {}

  /**
   * @param timeout null: half of the interval
   * @param http null for a check by connecting
   */
  record Check(
      int fall,
      int rise,
      Duration interval,
      @Nullable Duration timeout,
      FallAction fallAction,
      @Nullable Http http) {}

  enum FallAction {
    Draining,
    Disabled,
    Up
  }

  record Http(String target, String method, Map<String, String> headers, String body, int status) {}
}
