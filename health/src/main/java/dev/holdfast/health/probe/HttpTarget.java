package dev.holdfast.health.probe;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a request is sent.
 *
 * @param host as in the Host header, with a port if it has one
 * @param port that is dialled
 * @param path with its query
 */
record HttpTarget(boolean tls, String host, int port, String path) {
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:[^@]*@)?(?<host>(?<name>\\[[^\\]]*]|[^:]*)(?::(?<port>[0-9]{0,5}))?)");
  private static final String LEGAL = "-._~:/?#[]@!$&'()*+,;=%";
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;
  private static final int MAX_PORT = 65_535;

  /**
   * @param location absolute, or relative to this
   * @throws IllegalArgumentException when it leads nowhere over HTTP
   */
  HttpTarget to(String location) {
    var reference = uri(location.startsWith("?") ? withoutQuery() + location : location);
    var scheme = reference.getScheme();
    var encrypted = scheme == null ? tls : isTls(scheme);
    if (reference.getRawAuthority() == null) {
      if (scheme != null) {
        throw new IllegalArgumentException("expected a URL with a host");
      }
      return new HttpTarget(tls, host, port, pathOf(uri("http://host" + path).resolve(reference)));
    }
    var authority = AUTHORITY.matcher(reference.getRawAuthority());
    if (!authority.matches() || authority.group("name").isEmpty()) {
      throw new IllegalArgumentException("expected a URL with a host");
    }
    return new HttpTarget(
        encrypted,
        authority.group("host"),
        port(authority.group("port"), encrypted),
        pathOf(reference));
  }

  /** Without the port. */
  String name() {
    return HostHeader.host(host);
  }

  private static boolean isTls(String scheme) {
    return switch (scheme.toLowerCase(Locale.ROOT)) {
      case "http" -> false;
      case "https" -> true;
      default -> throw new IllegalArgumentException("expected a URL of http or https");
    };
  }

  private static int port(String text, boolean tls) {
    if (text == null || text.isEmpty()) {
      return tls ? HTTPS_PORT : HTTP_PORT;
    }
    var port = Integer.parseInt(text);
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("expected a port from 1 to 65535");
    }
    return port;
  }

  private String withoutQuery() {
    var query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  private static String pathOf(URI uri) {
    var path = uri.normalize().getRawPath().replaceFirst("^(/\\.\\.)+(?=/|$)", "");
    var query = uri.getRawQuery();
    return (path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
  }

  private static URI uri(String text) {
    try {
      return new URI(escaped(text.strip()));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("expected a URL", e);
    }
  }

  /** Servers write characters into URLs that have no place there. */
  private static String escaped(String text) {
    var escaped = new StringBuilder();
    for (var one : text.getBytes(StandardCharsets.ISO_8859_1)) {
      var letter = (char) (one & 0xff);
      var legal =
          letter < 0x80 && (Character.isLetterOrDigit(letter) || LEGAL.indexOf(letter) >= 0);
      escaped.append(legal ? String.valueOf(letter) : "%%%02X".formatted((int) letter));
    }
    return escaped.toString();
  }
}
