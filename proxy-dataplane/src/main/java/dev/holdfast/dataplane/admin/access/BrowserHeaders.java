package dev.holdfast.dataplane.admin.access;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages away. A page of another site can make a browser send requests to loopback (by a
 * name that it rebinds to 127.0.0.1), or with the user's client certificate; Host and Origin give
 * it away, because a page cannot set them.
 */
public final class BrowserHeaders {
  private static final Set<String> LOOPBACK_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

  private BrowserHeaders() {}

  /**
   * @param boundHost the address that the server is bound to, IPv6 in brackets; null when it is not
   *     a loopback address, and any Host is right
   * @param hosts every Host header of the request
   * @param origins every Origin header of the request
   * @return what is wrong
   */
  public static Optional<String> refuse(
      @Nullable String boundHost, List<String> hosts, List<String> origins) {
    if (hosts.size() != 1) {
      return Optional.of("expected one Host header, found " + hosts.size());
    }
    var host = hosts.getFirst().toLowerCase(Locale.ROOT);
    if (boundHost != null && !isLocal(boundHost, withoutPort(host))) {
      return Optional.of(
          "the Host header does not name this machine; use localhost or " + boundHost);
    }
    var foreign =
        origins.stream()
            .map(origin -> origin.toLowerCase(Locale.ROOT))
            .anyMatch(
                origin -> !origin.equals("http://" + host) && !origin.equals("https://" + host));
    return foreign
        ? Optional.of("the Origin header names another site; pages of other sites may not ask here")
        : Optional.empty();
  }

  private static boolean isLocal(String boundHost, String host) {
    return LOOPBACK_HOSTS.contains(host) || host.equals(boundHost);
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }
}
