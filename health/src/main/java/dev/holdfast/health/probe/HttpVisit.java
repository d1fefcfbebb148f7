package dev.holdfast.health.probe;

import dev.holdfast.health.reference.Text;
import java.util.Map;

/**
 * A request to one address, whatever host it names.
 *
 * @param encrypted over TLS
 * @param tls for this request or for one that follows it
 */
record HttpVisit(Address address, boolean encrypted, HttpExchange exchange, TlsOptions tls) {
  private static final Text NOTHING = new Text.Literal("");

  /** Value of the Host header. */
  String host() {
    return exchange.host().isEmpty() ? address.toString() : exchange.host();
  }

  /** Asked for in the handshake, and looked for in the certificate. */
  Address serverName() {
    var name =
        tls.name().isEmpty()
            ? exchange.host().isEmpty() ? address.host() : HostHeader.host(exchange.host())
            : tls.name();
    return new Address(name, address.port());
  }

  /**
   * The request that follows, to the same address. What was to be sent along goes only to the host
   * that it was meant for, and not in the clear when it was encrypted.
   *
   * @throws IllegalArgumentException when the redirect leads nowhere over HTTP
   */
  HttpVisit redirected(Redirect redirect) {
    var here = new HttpTarget(encrypted, host(), address.port(), exchange.path());
    var there = here.to(redirect.location());
    var sameHost = there.name().equalsIgnoreCase(here.name());
    var trusted = sameHost && (there.tls() || !here.tls());
    return new HttpVisit(
        new Address(address.host(), there.port()),
        there.tls(),
        new HttpExchange(
            redirect.method(exchange.method()),
            there.path(),
            there.host(),
            trusted ? exchange.headers() : Map.of(),
            trusted && redirect.repeats() ? exchange.body() : NOTHING,
            exchange.expected(),
            true),
        sameHost ? tls : tls.withName(""));
  }
}
