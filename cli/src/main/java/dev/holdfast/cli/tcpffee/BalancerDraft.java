package dev.holdfast.cli.tcpffee;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.api.GatewayDuration;
import dev.holdfast.cli.convert.Conversion;
import dev.holdfast.cli.convert.Endpoint;
import dev.holdfast.cli.tcpffee.TcpffeeConfig.Check;
import dev.holdfast.cli.tcpffee.TcpffeeConfig.FallAction;
import dev.holdfast.cli.tcpffee.TcpffeeConfig.Group;
import dev.holdfast.cli.tcpffee.TcpffeeConfig.Http;
import dev.holdfast.cli.tcpffee.TcpffeeConfig.Slice;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A StickyBalancer in the making; what is the default anyway is left out. */
final class BalancerDraft {
  private static final Duration DEFAULT_EXPIRATION = Duration.ofMinutes(30);
  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);
  private static final Duration DEFAULT_FAST_INTERVAL = Duration.ofSeconds(1);
  private static final int DEFAULT_FALL = 3;
  private static final int DEFAULT_RISE = 5;
  private static final String DEFAULT_ADMIN_ADDRESS = "127.0.0.1";
  private static final int DEFAULT_ADMIN_PORT = 2340;

  private final ObjectNode tree = JsonNodeFactory.instance.objectNode();
  private final ObjectNode spec;
  private final List<String> notes = new ArrayList<>();

  BalancerDraft(String name) {
    tree.put("apiVersion", "holdfast.dev/v1alpha1").put("kind", "StickyBalancer");
    tree.putObject("metadata").put("name", name);
    spec = tree.putObject("spec");
  }

  void listen(String address, List<Integer> ports) {
    var listen = spec.putObject("listen");
    if (!address.equals("::")) {
      listen.put("address", address);
    }
    var list = listen.putArray("ports");
    ports.forEach(list::add);
  }

  void group(Group group) {
    var entry =
        spec.withArrayProperty("groups")
            .addObject()
            .put("id", group.id())
            .put("name", "group-" + group.id());
    if (group.host() != null) {
      entry.put("host", group.host());
    }
    group
        .hosts()
        .forEach((listen, to) ->
            entry
                .withArrayProperty("ports")
                .addObject()
                .put("listen", listen)
                .put("host", to.host())
                .put("port", to.port()));
    if (group.disabled() || group.drain()) {
      entry.put("state", group.disabled() ? "Disabled" : "Draining");
    }
    for (int i = 0; i < group.checks().size(); i++) {
      check(
          group.checks().get(i),
          entry.withArrayProperty("checks").addObject().put("name", "check-" + i));
    }
  }

  private void check(Check check, ObjectNode entry) {
    if (check.http() == null) {
      entry.putObject("tcp");
    } else {
      request(check.http(), entry.putObject("http"));
    }
    if (check.fallAction() != FallAction.Draining) {
      entry.put("onFail", check.fallAction() == FallAction.Disabled ? "Disable" : "Ignore");
    }
    put(entry, "interval", check.interval(), DEFAULT_INTERVAL);
    if (check.timeout() != null) {
      put(entry, "timeout", check.timeout(), check.interval().dividedBy(2));
    }
    put(entry, "fall", check.fall(), DEFAULT_FALL);
    put(entry, "rise", check.rise(), DEFAULT_RISE);
    if (check.interval().compareTo(DEFAULT_FAST_INTERVAL) > 0) {
      // tcpffee is never in more of a hurry than else
      put(entry, "fastInterval", check.interval(), DEFAULT_FAST_INTERVAL);
    }
  }

  private void request(Http http, ObjectNode entry) {
    if (!http.target().equals("/")) {
      entry.put("path", http.target());
    }
    if (!http.method().equals("GET")) {
      entry.put("method", http.method());
    }
    http.headers().forEach((name, value) -> header(name, value, entry));
    if (!http.body().isEmpty()) {
      entry.put("body", http.body());
    }
    entry.putArray("expectStatus").add(Integer.toString(http.status()));
  }

  private void header(String name, String value, ObjectNode entry) {
    switch (name.toLowerCase(Locale.ROOT)) {
      case "host" -> entry.put("host", value);
      case "connection", "content-length", "expect", "transfer-encoding", "upgrade" ->
          note("The header %s is left out: the connection or the body sets it.".formatted(name));
      default -> entry.withObjectProperty("headers").put(name, value);
    }
  }

  void stickiness(Duration expiration, @Nullable Slice slice) {
    if (slice != null) {
      at("stickiness.key").put("type", "ClientIPAndFirstBytes");
      var bytes = at("stickiness.firstBytes");
      put(bytes, "start", slice.start(), 0);
      bytes.put("end", slice.end());
      note(
          "A client that says nothing for stickiness.firstBytes.maxWait, 2s unless set, is known"
              + " by its address alone.");
    }
    if (!expiration.equals(DEFAULT_EXPIRATION)) {
      at("stickiness").put("expireAfter", GatewayDuration.format(expiration));
    }
  }

  /** tcpffee waits for no verdict. */
  void healthyAtFirst() {
    at("health").put("initial", "Healthy");
  }

  /**
   * Nobody is let in from elsewhere without a token, which tcpffee has none of.
   *
   * @param stats at an address, or at localhost
   */
  void admin(Endpoint stats) {
    var host = stats.host().equals("localhost") ? DEFAULT_ADMIN_ADDRESS : stats.host();
    if (!InetAddress.ofLiteral(host).isLoopbackAddress()) {
      note(
          "stats_bind_socket is open to others: here the admin interface listens on %s:%d. To open"
                  .formatted(DEFAULT_ADMIN_ADDRESS, stats.port())
              + " it, set spec.admin.address and tokens.");
    } else if (!host.equals(DEFAULT_ADMIN_ADDRESS)) {
      at("admin").put("address", host);
    }
    if (stats.port() != DEFAULT_ADMIN_PORT) {
      at("admin").put("port", stats.port());
    }
  }

  /** A list of one is of a process that stands alone. */
  void peers(Peers peers) {
    if (!peers.several()) {
      return;
    }
    for (int i = 0; i < peers.all().size(); i++) {
      spec.withArrayProperty("peers")
          .addObject()
          .put("name", peers.name(i))
          .put("host", peers.all().get(i).host())
          .put("port", peers.port());
    }
    note(
        "peers are for holdfast run on several machines, each started with --tls-dir, --state-dir"
            + " and --instance peer-0 and so on. In a cluster take them out and say how many"
            + " replicas there shall be.");
  }

  void note(String note) {
    notes.add(note);
  }

  Conversion finished() {
    return new Conversion(tree, notes);
  }

  private ObjectNode at(String path) {
    var node = spec;
    for (var field : path.split("\\.")) {
      node = node.withObjectProperty(field);
    }
    return node;
  }

  private static void put(ObjectNode node, String field, int value, int usual) {
    if (value != usual) {
      node.put(field, value);
    }
  }

  private static void put(ObjectNode node, String field, Duration value, Duration usual) {
    if (!value.equals(usual)) {
      node.put(field, GatewayDuration.format(value));
    }
  }
}
