package dev.holdfast.cli.flipper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.cli.convert.BadConfiguration;
import dev.holdfast.cli.convert.Section;
import dev.holdfast.cli.flipper.FlipperConfig.Group;
import dev.holdfast.cli.flipper.FlipperConfig.Heartbeat;
import dev.holdfast.cli.flipper.FlipperConfig.Hetzner;
import dev.holdfast.cli.flipper.FlipperConfig.Mattermost;
import dev.holdfast.cli.flipper.FlipperConfig.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads flipper's configuration by flipper's rules, and says all that they forbid at once. */
final class FlipperConfigReader {
  private static final Duration POLL_INTERVAL = Duration.ofMinutes(1);
  private static final Duration POLL_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration APPLY_TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_PORT = 65_535;

  private final Section root;
  private final List<String> notes = new ArrayList<>();
  private final List<String> displayNames = new ArrayList<>();

  private FlipperConfigReader(Section root) {
    this.root = root;
  }

  /**
   * @throws BadConfiguration with all that is wrong, each by its full name
   */
  static FlipperConfig read(Path file, Map<String, String> environment) {
    return read(file.toString(), FlipperFile.read(file), environment);
  }

  /**
   * @param name what errors call the file
   */
  static FlipperConfig read(String name, ObjectNode tree, Map<String, String> environment) {
    EnvironmentOverrides.apply(environment, tree);
    return new FlipperConfigReader(Section.root(name, tree)).read();
  }

  private FlipperConfig read() {
    if (root.number("version", 1, Integer.MAX_VALUE) != 1) {
      root.wrong("version", "expected 1, found another number");
    }
    var groups = groups();
    var heartbeat = heartbeat(root.section("heartbeat"));
    var mattermost = notifications(root.section("notifications"));
    server(root.section("server"));
    logging(root.section("telemetry").section("logging"));
    if (root.has("service")) {
      var service = root.section("service");
      noteUnless("flipper", service, "name", service.text("name"));
    }
    var unknown = root.unknown().toList();
    if (!unknown.isEmpty()) {
      notes.add("flipper does not know, and ignores: " + String.join(", ", unknown) + ".");
    }
    if (!root.problems().isEmpty()) {
      throw new BadConfiguration(root.problems());
    }
    return new FlipperConfig(groups, heartbeat, mattermost, List.copyOf(notes));
  }

  private List<Group> groups() {
    var sections = root.sections("groups");
    if (sections.isEmpty() && !root.isWrong("groups")) {
      root.wrong("groups", "expected at least one group, found none");
    }
    requireDistinctIds(sections);
    var groups = sections.stream().map(this::group).toList();
    if (!displayNames.isEmpty()) {
      notes.add(
          "Names to display have no place in the resource: %s."
              .formatted(String.join(", ", displayNames)));
    }
    return groups;
  }

  private Group group(Section group) {
    var id = group.required("id");
    group.required("display_name");
    displayNames.add(group.name("display_name"));
    group.required("provider");
    group.oneOf("provider", List.of("hetzner"), "");
    var checks = group.sections("checks");
    requireDistinctIds(checks);
    checks.forEach(check -> displayNames.add(check.name("display_name")));
    return new Group(
        id,
        group.flag("readonly"),
        group.duration("poll_interval", POLL_INTERVAL),
        group.duration("poll_timeout", POLL_TIMEOUT),
        group.duration("plan_apply_timeout", APPLY_TIMEOUT),
        group.flag("plan_apply_with_unknown_status"),
        hetzner(group.section("hetzner")),
        checks.stream().map(CheckReader::check).toList());
  }

  private static Hetzner hetzner(Section hetzner) {
    return new Hetzner(
        new Secret(hetzner.required("api_token")),
        hetzner.requiredId("project_id"),
        hetzner.section("servers").required("label_selector"),
        hetzner.section("floating_ips").required("label_selector"));
  }

  private static void requireDistinctIds(List<Section> sections) {
    var seen = new HashSet<String>();
    for (var section : sections) {
      var id = section.text("id");
      if (!id.isEmpty() && !seen.add(id)) {
        section.wrong("id", "expected another one in each entry, found '%s' again".formatted(id));
      }
    }
  }

  private static Optional<Heartbeat> heartbeat(Section heartbeat) {
    if (!heartbeat.flag("enabled")) {
      List.of("url", "interval", "timeout").forEach(heartbeat::has);
      return Optional.empty();
    }
    return Optional.of(
        new Heartbeat(
            new Secret(heartbeat.requiredUrl("url")),
            heartbeat.requiredDuration("interval"),
            heartbeat.requiredDuration("timeout")));
  }

  private Optional<Mattermost> notifications(Section notifications) {
    var enabled = notifications.flag("enabled");
    var targets = notifications.sections("targets");
    var read = targets.stream().map(this::mattermost).toList();
    if (!enabled) {
      return Optional.empty();
    }
    if (targets.size() != 1) {
      notifications.wrong(
          "targets", "expected one target, as notifications are enabled, found " + targets.size());
      return Optional.empty();
    }
    return Optional.of(read.getFirst());
  }

  private Mattermost mattermost(Section target) {
    target.required("type");
    target.oneOf("type", List.of("mattermost"), "");
    noteUnless(":dolphin:", target, "icon_url", target.text("icon_url"));
    return new Mattermost(
        new Secret(target.requiredUrl("url")), target.text("username"), target.text("channel"));
  }

  private void server(Section server) {
    var enabled = server.flag("enabled");
    List.of("host", "assets", "templates").forEach(server::text);
    var port = server.number("port", 0, MAX_PORT);
    server.duration("shutdown_timeout", Duration.ZERO);
    if (enabled) {
      notes.add(
          "server has no place in the resource: holdfast's admin interface has /healthz"
              + (port == 0 ? "." : ", and --admin 127.0.0.1:%d puts it there.".formatted(port)));
    }
  }

  private void logging(Section logging) {
    noteUnless(
        "info",
        logging,
        "level",
        logging.oneOf("level", List.of("debug", "info", "warn", "error"), "info"));
    noteUnless("json", logging, "format", logging.oneOf("format", List.of("json", "text"), "json"));
  }

  private void noteUnless(String usual, Section section, String key, String value) {
    if (section.has(key) && !value.equals(usual)) {
      notes.add(section.name(key) + " has no place in the resource.");
    }
  }
}
