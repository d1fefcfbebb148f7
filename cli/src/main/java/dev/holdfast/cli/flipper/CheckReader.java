package dev.holdfast.cli.flipper;

import dev.holdfast.cli.convert.Section;
import dev.holdfast.cli.flipper.FlipperConfig.Check;
import dev.holdfast.cli.flipper.FlipperConfig.IpVersion;
import java.time.Duration;
import java.util.List;

/** Reads one of flipper's checks. */
final class CheckReader {
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int MAX_DISPLAY_NAME = 128;
  private static final int MAX_PORT = 65_535;
  private static final int MAX_IN_A_ROW = 100;
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");

  /** flipper takes them, and no health check needs them. */
  private static final List<String> METHODS_LEFT_OUT = List.of("CONNECT", "TRACE");

  private CheckReader() {}

  static Check check(Section check) {
    var displayName = check.required("display_name");
    if (displayName.codePointCount(0, displayName.length()) > MAX_DISPLAY_NAME) {
      check.wrong("display_name", "expected at most 128 characters, found more");
    }
    check.required("type");
    var https = check.oneOf("type", List.of("http", "https"), "http").equals("https");
    return new Check(
        check.required("id"),
        https,
        https ? check.required("host") : check.text("host"),
        check.number("port", 0, MAX_PORT),
        path(check),
        method(check),
        IpVersion.valueOf(check.oneOf("ip_version", List.of("ipv4", "ipv6", "both"), "both")),
        check.duration("interval", INTERVAL),
        check.duration("timeout", TIMEOUT),
        check.number("fall", 1, MAX_IN_A_ROW),
        check.number("rise", 1, MAX_IN_A_ROW));
  }

  private static String path(Section check) {
    var path = check.required("path");
    if (!path.isEmpty() && !path.startsWith("/")) {
      check.wrong("path", "expected a path that begins with /, found one that does not");
    }
    return path;
  }

  private static String method(Section check) {
    if (METHODS_LEFT_OUT.contains(check.text("method"))) {
      check.wrong("method", "CONNECT and TRACE are not there for checks; take GET");
      return "GET";
    }
    return check.oneOf("method", METHODS, "GET");
  }
}
