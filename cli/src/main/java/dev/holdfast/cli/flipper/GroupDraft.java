package dev.holdfast.cli.flipper;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.api.GatewayDuration;
import dev.holdfast.cli.flipper.FlipperConfig.Check;
import dev.holdfast.cli.flipper.FlipperConfig.Hetzner;
import dev.holdfast.health.reference.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A FloatingIpGroup in the making, which holds nothing that is the default anyway. */
final class GroupDraft {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DEFAULT_POLL_INTERVAL = Duration.ofSeconds(60);
  private static final Duration DEFAULT_POLL_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration MIN_POLL_TIMEOUT = Duration.ofMillis(100);
  private static final Duration DEFAULT_APPLY_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration DEFAULT_CHECK_INTERVAL = Duration.ofSeconds(5);
  private static final Duration MIN_CHECK_INTERVAL = Duration.ofMillis(100);
  private static final Duration DEFAULT_FAST_INTERVAL = SECOND;
  private static final int DEFAULT_FALL = 3;
  private static final int DEFAULT_RISE = 2;
  private static final Duration DEFAULT_HEARTBEAT_INTERVAL = Duration.ofSeconds(60);
  private static final Duration DEFAULT_HEARTBEAT_TIMEOUT = Duration.ofSeconds(10);

  private final ObjectNode tree = JsonNodeFactory.instance.objectNode();
  private final ObjectNode spec;
  private final List<String> notes = new ArrayList<>();

  GroupDraft(String name) {
    tree.put("apiVersion", "holdfast.dev/v1alpha1").put("kind", "FloatingIpGroup");
    tree.putObject("metadata").put("name", name);
    spec = tree.putObject("spec");
  }

  void provider(Hetzner hetzner, Reference token) {
    var provider = spec.putObject("provider").putObject("hetzner");
    put(provider, "tokenSecretRef", token);
    if (hetzner.projectId().matches("[1-9][0-9]{0,14}")) {
      provider.put("projectId", Long.parseLong(hetzner.projectId()));
    } else {
      notes.add("hetzner.project_id is no number and is left out; it is for links only.");
    }
    spec.putObject("servers").put("labelSelector", hetzner.serverSelector());
    spec.putObject("floatingIps").put("labelSelector", hetzner.floatingIpSelector());
  }

  void polling(Duration interval, Duration timeout) {
    var every = atLeast("poll_interval", interval, SECOND);
    var within = atMost("poll_timeout", atLeast("poll_timeout", timeout, MIN_POLL_TIMEOUT), every);
    put(spec, "pollInterval", every, DEFAULT_POLL_INTERVAL);
    put(spec, "pollTimeout", within, DEFAULT_POLL_TIMEOUT);
  }

  /** By flipper's own rules, which move IPs at once and take all servers when none is healthy. */
  void planning(boolean readOnly, boolean withUnknownHealth, Duration applyTimeout) {
    if (readOnly) {
      spec.put("mode", "Plan");
    }
    var planner = spec.putObject("planner").put("strategy", "Canonical");
    if (withUnknownHealth) {
      planner.put("applyWithUnknownHealth", true);
    }
    planner.put("whenAllUnhealthy", "Spread");
    planner.putObject("rebalance").put("policy", "Immediate");
    var timeout = atLeast("plan_apply_timeout", applyTimeout, SECOND);
    if (!timeout.equals(DEFAULT_APPLY_TIMEOUT)) {
      put(spec.putObject("apply"), "timeout", timeout, DEFAULT_APPLY_TIMEOUT);
    }
  }

  void checks(List<Check> checks) {
    if (checks.isEmpty()) {
      notes.add("there are no checks: every server counts as healthy, with flipper as unknown.");
      return;
    }
    var names = DnsLabels.of(checks.stream().map(Check::id).toList(), "check");
    var list = spec.putArray("checks");
    for (int i = 0; i < checks.size(); i++) {
      check(checks.get(i), list.addObject().put("name", names.get(i)));
    }
  }

  private void check(Check check, ObjectNode entry) {
    var request = entry.putObject(check.https() ? "https" : "http");
    if (check.port() != 0) {
      request.put("port", check.port());
    }
    if (!check.path().equals("/")) {
      request.put("path", check.path());
    }
    if (!check.host().isEmpty()) {
      request.put("host", check.host());
    }
    if (!check.method().equals("GET")) {
      request.put("method", check.method());
    }
    request.put("followRedirects", true);
    switch (check.ipVersion()) {
      case ipv4 -> entry.put("ipVersion", "IPv4");
      case ipv6 -> entry.put("ipVersion", "IPv6");
      case both -> {}
    }
    var interval = atLeast("interval of check " + check.id(), check.interval(), MIN_CHECK_INTERVAL);
    put(entry, "interval", interval, DEFAULT_CHECK_INTERVAL);
    entry.put("timeout", GatewayDuration.format(check.timeout()));
    if (check.fall() != DEFAULT_FALL) {
      entry.put("fall", check.fall());
    }
    if (check.rise() != DEFAULT_RISE) {
      entry.put("rise", check.rise());
    }
    if (check.fall() > 1 || check.rise() > 1) {
      put(entry, "fastInterval", interval, DEFAULT_FAST_INTERVAL);
    }
  }

  void heartbeat(Reference url, Duration interval, Duration timeout) {
    var heartbeat = spec.putObject("heartbeat");
    put(heartbeat, "urlSecretRef", url);
    var every = atLeast("heartbeat.interval", interval, SECOND);
    put(heartbeat, "interval", every, DEFAULT_HEARTBEAT_INTERVAL);
    put(
        heartbeat,
        "timeout",
        atMost("heartbeat.timeout", timeout, every),
        DEFAULT_HEARTBEAT_TIMEOUT);
  }

  void mattermost(Reference url, String username, String channel) {
    var target = spec.putArray("notifications").addObject().put("type", "Mattermost");
    put(target, "urlSecretRef", url);
    if (!channel.isEmpty()) {
      target.put("channel", channel);
    }
    if (!username.isEmpty() && !username.equals("holdfast")) {
      target.put("username", username);
    }
  }

  ObjectNode tree() {
    return tree;
  }

  List<String> notes() {
    return notes;
  }

  private Duration atLeast(String what, Duration wanted, Duration least) {
    return limited(what, wanted, least, wanted.compareTo(least) < 0);
  }

  private Duration atMost(String what, Duration wanted, Duration most) {
    return limited(what, wanted, most, wanted.compareTo(most) > 0);
  }

  private Duration limited(String what, Duration wanted, Duration limit, boolean beyond) {
    if (!beyond) {
      return wanted;
    }
    notes.add(
        "%s %s becomes %s."
            .formatted(what, GatewayDuration.format(wanted), GatewayDuration.format(limit)));
    return limit;
  }

  private static void put(ObjectNode node, String field, Reference secret) {
    node.putObject(field).put("name", secret.name()).put("key", secret.key());
  }

  private static void put(ObjectNode node, String field, Duration value, Duration usual) {
    if (!value.equals(usual)) {
      node.put(field, GatewayDuration.format(value));
    }
  }
}
