package dev.holdfast.cli.convert;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host and a port, as typed: {@code HOST:PORT} or {@code [IPV6]:PORT}.
 *
 * @param host name or address, an IPv6 address without its brackets; empty: any address
 */
public record Endpoint(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:\\[([0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(?:%[-A-Za-z0-9._]+)?)]|([A-Za-z0-9_][-A-Za-z0-9_.]*)?)"
              + ":(\\d{1,5})");

  /**
   * Reads the address of a server.
   *
   * @throws IllegalArgumentException says what was expected
   */
  public static Endpoint ofServer(String text) {
    var endpoint = ofListener(text);
    if (endpoint.host.isEmpty()) {
      throw malformed(text);
    }
    return endpoint;
  }

  /**
   * Reads where to listen; the host may be left out.
   *
   * @throws IllegalArgumentException says what was expected
   */
  public static Endpoint ofListener(String text) {
    var parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw malformed(text);
    }
    var port = Integer.parseInt(parts.group(3));
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "expected a port from 1 to 65535, found '%s'".formatted(text));
    }
    return new Endpoint(host(parts.group(1), parts.group(2)), port);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private static String host(@Nullable String bracketed, @Nullable String plain) {
    return bracketed != null ? bracketed : plain == null ? "" : plain;
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "expected HOST:PORT or [IPV6]:PORT with the port as a number, found '%s'".formatted(text));
  }
}
