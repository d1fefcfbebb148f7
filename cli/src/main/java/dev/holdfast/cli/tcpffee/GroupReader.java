package dev.holdfast.cli.tcpffee;

import dev.holdfast.cli.convert.Endpoint;
import dev.holdfast.cli.convert.Section;
import dev.holdfast.cli.tcpffee.TcpffeeConfig.Check;
import dev.holdfast.cli.tcpffee.TcpffeeConfig.FallAction;
import dev.holdfast.cli.tcpffee.TcpffeeConfig.Group;
import dev.holdfast.cli.tcpffee.TcpffeeConfig.Http;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one of tcpffee's groups. */
record GroupReader(
    @Nullable String host,
    Map<Integer, Endpoint> hosts,
    boolean drain,
    boolean disabled,
    List<Check> checks) {
  private static final String PORTMAP = "portmap";
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration MIN_INTERVAL = Duration.ofMillis(100);
  private static final Duration MIN_TIMEOUT = Duration.ofMillis(1);
  private static final int FALL = 3;
  private static final int RISE = 5;
  private static final int MAX_IN_A_ROW = 100;
  private static final int OK = 200;

  /**
   * @param ports that clients connect to
   * @param notes takes what has no effect
   */
  static GroupReader read(Section group, List<Integer> ports, List<String> notes) {
    var mapped = group.isSection(PORTMAP);
    return new GroupReader(
        mapped ? null : host(group),
        mapped ? hosts(group.section(PORTMAP), ports, notes) : Map.of(),
        group.flag("drain"),
        group.flag("disabled"),
        group.sections("healthchecks").stream().map(GroupReader::check).toList());
  }

  Group of(int id) {
    return new Group(id, host, hosts, drain, disabled, checks);
  }

  private static String host(Section group) {
    var host = group.required(PORTMAP);
    try {
      // the same port of that host, whichever it is
      return host.isEmpty() ? host : Endpoint.ofServer(bracketed(host) + ":1").host();
    } catch (IllegalArgumentException e) {
      group.wrong(PORTMAP, "expected an address without a port, or a table, found another text");
      return host;
    }
  }

  private static String bracketed(String host) {
    // two colons at least: one would be before a port
    return host.indexOf(':') != host.lastIndexOf(':') && !host.startsWith("[")
        ? "[" + host + "]"
        : host;
  }

  private static Map<Integer, Endpoint> hosts(
      Section portmap, List<Integer> ports, List<String> notes) {
    var hosts = new LinkedHashMap<Integer, Endpoint>();
    for (var port : ports) {
      var key = port.toString();
      try {
        var text = portmap.required(key);
        if (!text.isEmpty()) {
          hosts.put(port, Endpoint.ofServer(text));
        }
      } catch (IllegalArgumentException e) {
        portmap.wrong(key, "expected HOST:PORT, found another text");
      }
    }
    var used = ports.stream().map(Object::toString).toList();
    var idle = portmap.keys().stream().filter(key -> !used.contains(key)).toList();
    idle.forEach(portmap::has);
    idle.forEach(key -> notes.add(portmap.name(key) + " is left out: it is none of ports."));
    return hosts;
  }

  private static Check check(Section check) {
    var interval = check.seconds("interval", INTERVAL, MIN_INTERVAL);
    return new Check(
        check.integer("fall", FALL, 1, MAX_IN_A_ROW),
        check.integer("rise", RISE, 1, MAX_IN_A_ROW),
        interval,
        check.has("timeout") ? timeout(check, interval) : null,
        FallAction.valueOf(
            check.oneOf(
                "fall_action",
                Stream.of(FallAction.values()).map(FallAction::name).toList(),
                FallAction.Draining.name())),
        http(check));
  }

  private static Duration timeout(Section check, Duration interval) {
    var timeout = check.seconds("timeout", interval, MIN_TIMEOUT);
    if (timeout.compareTo(interval) > 0) {
      check.wrong("timeout", "expected no more than interval, found more");
    }
    return timeout;
  }

  /** Any key of the request makes it one. */
  private static @Nullable Http http(Section check) {
    if (check.keys().stream().noneMatch(key -> key.startsWith("http_"))) {
      return null;
    }
    var target = check.text("http_target");
    if (!target.isEmpty() && !target.startsWith("/")) {
      check.wrong("http_target", "expected a path that begins with /, found one that does not");
    }
    return new Http(
        target.isEmpty() ? "/" : target,
        check.oneOf("http_method", List.of("GET", "POST"), "GET"),
        check.texts("http_headers"),
        check.text("http_body"),
        check.integer("http_status", OK, 100, 599));
  }
}
