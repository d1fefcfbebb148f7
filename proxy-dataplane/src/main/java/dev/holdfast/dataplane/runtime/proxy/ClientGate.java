package dev.holdfast.dataplane.runtime.proxy;

import dev.holdfast.dataplane.config.ProxyConfig;
import dev.holdfast.dataplane.relay.Admission;
import dev.holdfast.dataplane.relay.Lease;
import dev.holdfast.dataplane.relay.RelayServer;
import dev.holdfast.dataplane.relay.Target;
import org.jspecify.annotations.Nullable;

/**
 * Tells the relay what happens to clients: they go to the primary, or meet what the configuration
 * says while there is none. Confined to the decision loop.
 */
final class ClientGate {

  /** Whom clients go to. */
  record Route(String backend, String host, int port, long epoch) {}

  private record Open(Route route, Lease lease) {}

  private final RelayServer relay;
  private ProxyConfig config;
  private @Nullable Open open;

  /** Whether the first choice has ended, with a primary or without. */
  private boolean settled;

  private boolean lapsed;

  ClientGate(RelayServer relay, ProxyConfig config) {
    this.relay = relay;
    this.config = config;
  }

  /** Lets the relay do what the configuration says of the present admission. */
  void configure(ProxyConfig next) {
    config = next;
    tell();
  }

  void open(Route route, Lease lease) {
    settled = true;
    lapsed = false;
    open = new Open(route, lease);
    tell();
  }

  /**
   * @param lapsed whether it is because this process has no lease
   */
  void close(boolean lapsed) {
    this.lapsed = lapsed;
    open = null;
    tell();
  }

  /** The first choice has ended, perhaps without a primary. */
  void settle() {
    if (!settled) {
      settled = true;
      tell();
    }
  }

  private void tell() {
    var whileNone = config.whileNoPrimary();
    var otherwise = settled ? whileNone.admission() : whileNone.admissionAtStart();
    if (open != null) {
      relay.admit(new Admission.Open(target(open.route()), open.lease(), otherwise));
    } else if (lapsed) {
      relay.lapse(otherwise);
    } else {
      relay.admit(otherwise);
    }
  }

  private Target target(Route route) {
    return new Target(
        route.backend(), route.host(), route.port(), route.epoch(), config.connectTimeout());
  }
}
