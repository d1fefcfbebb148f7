package dev.holdfast.cli.flipper;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * flipper's configuration with its defaults in place. Holds secrets, and no text of it shows them.
 *
 * @param notes what was set and has no effect here, a sentence each
 */
record FlipperConfig(
    List<Group> groups,
    Optional<Heartbeat> heartbeat,
    Optional<Mattermost> mattermost,
    List<String> notes) {

  /** A text that is not shown. */
  record Secret(String value) {
    @Override
    public String toString() {
      return "Secret[hidden]";
    }
  }

  record Group(
      String id,
      boolean readOnly,
      Duration pollInterval,
      Duration pollTimeout,
      Duration applyTimeout,
      boolean applyWithUnknownStatus,
      Hetzner hetzner,
      List<Check> checks) {}

  record Hetzner(
      Secret apiToken, String projectId, String serverSelector, String floatingIpSelector) {}

  /**
   * @param port 0 for the scheme's own
   */
  record Check(
      String id,
      boolean https,
      String host,
      int port,
      String path,
      String method,
      IpVersion ipVersion,
      Duration interval,
      Duration timeout,
      int fall,
      int rise) {}

  enum IpVersion {
    ipv4,
    ipv6,
    both
  }

  record Heartbeat(Secret url, Duration interval, Duration timeout) {}

  /**
   * @param username empty: the webhook's own
   * @param channel empty: the webhook's own
   */
  record Mattermost(Secret url, String username, String channel) {}
}
