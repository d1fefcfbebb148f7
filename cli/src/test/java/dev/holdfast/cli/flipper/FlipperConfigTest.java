package dev.holdfast.cli.flipper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.cli.convert.BadConfiguration;
import dev.holdfast.cli.flipper.FlipperConfig.IpVersion;
import dev.holdfast.manifest.YamlText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlipperConfigTest {
  private static final Path FILES = Path.of("src/test/resources/flipper");
  private static final String MINIMAL =
      """
      groups:
      - id: web
        display_name: Web
        provider: hetzner
        hetzner:
          api_token: t0ken
          project_id: "123456"
          servers: {label_selector: a=b}
          floating_ips: {label_selector: a=c}
        checks:
        - {id: up, display_name: Up, type: http, path: /}
      """;

  @Test
  @DisplayName("L2 The ending says what a file is, and any other than YAML and JSON means TOML")
  void formats() {
    for (var file :
        new String[] {"everything.yaml", "two-groups.json", "small.toml", "small.conf"}) {
      assertThat(FlipperConfigReader.read(FILES.resolve(file), Map.of()).groups()).isNotEmpty();
    }
    assertThatThrownBy(() -> FlipperFile.parse("flipper.conf", MINIMAL))
        .hasMessageStartingWith("flipper.conf:1:")
        .hasMessageContaining("expected TOML");
  }

  @Test
  @DisplayName("L2 What is not said has flipper's defaults")
  void defaults() {
    var group = read(MINIMAL).groups().getFirst();
    var check = group.checks().getFirst();

    assertThat(group.readOnly()).isFalse();
    assertThat(group.pollInterval()).isEqualTo(Duration.ofMinutes(1));
    assertThat(group.pollTimeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(group.applyTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(group.applyWithUnknownStatus()).isFalse();
    assertThat(check.interval()).isEqualTo(Duration.ofMinutes(1));
    assertThat(check.timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(check.fall()).isEqualTo(1);
    assertThat(check.rise()).isEqualTo(1);
    assertThat(check.method()).isEqualTo("GET");
    assertThat(check.port()).isZero();
    assertThat(check.ipVersion()).isEqualTo(IpVersion.both);
  }

  @Test
  @DisplayName("L3 FLIPPER_ variables count more than the file, and __ is a level")
  void environment() {
    var config =
        read(
            MINIMAL,
            Map.of(
                "FLIPPER_HEARTBEAT__ENABLED", "true",
                "FLIPPER_HEARTBEAT__URL", "http://beat.example/x",
                "FLIPPER_HEARTBEAT__INTERVAL", "1m",
                "FLIPPER_HEARTBEAT__TIMEOUT", "5s",
                "PATH", "/bin",
                "FLIPPER_", "nothing"));

    assertThat(config.heartbeat().orElseThrow().interval()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.notes()).noneMatch(note -> note.contains("does not know"));
  }

  @Test
  @DisplayName(
      "L3 Beyond flipper, a number reaches an entry of a list, so that tokens need no file")
  void environmentReachesLists() {
    var environment =
        Map.of(
            "FLIPPER_GROUPS__0__HETZNER__API_TOKEN", "other",
            "FLIPPER_GROUPS__0__READONLY", "1",
            "FLIPPER_GROUPS__0__CHECKS__0__FALL", "5");
    var group = read(MINIMAL, environment).groups().getFirst();

    assertThat(group.hetzner().apiToken().value()).isEqualTo("other");
    assertThat(group.readOnly()).isTrue();
    assertThat(group.checks().getFirst().fall()).isEqualTo(5);
    assertThatThrownBy(() -> read(MINIMAL, Map.of("FLIPPER_GROUPS__1__ID", "x")))
        .hasMessage(
            "FLIPPER_GROUPS__1__ID: expected the number of one of the 1 entries, found '1'");
    assertThatThrownBy(
            () -> read(MINIMAL, Map.of("FLIPPER_VERSION__X__Y", "s3cret"), "version: 1\n"))
        .hasMessageStartingWith("FLIPPER_VERSION__X__Y: expected a key with others below it");
  }

  @Test
  @DisplayName("L4 The version must be 1, which is the default")
  void version() {
    problems("version: 2\n" + MINIMAL).contains("version: expected 1");
    problems("version: one\n" + MINIMAL).contains("version: expected a whole number");
    assertThat(read("version: 1\n" + MINIMAL).groups()).hasSize(1);
  }

  @Test
  @DisplayName("L5 Groups have an id of their own and a name, and there is at least one")
  void groups() {
    problems("version: 1").contains("groups: expected at least one group, found none");
    problems("version: 2").startsWith("2 problems").contains("groups: expected at least one");
    problems("groups:").contains("groups: expected at least one group");
    problems("groups: {}").contains("groups: expected a list, found keys and values");
    problems(MINIMAL.replace("id: web", "id: ''").replace("display_name: Web", "x: y"))
        .contains("groups[0].id: expected a text, found none")
        .contains("groups[0].display_name: expected a text, found none");
    problems(MINIMAL + MINIMAL.substring("groups:\n".length()))
        .contains("groups[1].id: expected another one in each entry, found 'web' again");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"readonly, sure", "plan_apply_with_unknown_status, 2"})
  @DisplayName("L6 What is true or false says so")
  void flags(String key, String value) {
    problems(withGroupKey(key, value)).contains("groups[0]." + key + ": expected true or false");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "poll_interval, soon",
    "poll_timeout, 20",
    "plan_apply_timeout, -5s",
    "poll_interval, 9999999h",
    "poll_timeout, [5s]"
  })
  @DisplayName("L7 Times have a unit, and a bad one is refused by its name")
  void times(String key, String value) {
    problems(withGroupKey(key, value)).contains("groups[0]." + key + ": expected a duration");
  }

  @Test
  @DisplayName("L7 0 stands for the default, and a fraction of a millisecond is rounded up")
  void oddTimes() {
    assertThat(read(withGroupKey("poll_interval", "0")).groups().getFirst().pollInterval())
        .isEqualTo(Duration.ofMinutes(1));
    assertThat(read(withGroupKey("poll_timeout", "1500us")).groups().getFirst().pollTimeout())
        .isEqualTo(Duration.ofMillis(2));
  }

  @Test
  @DisplayName("L8 The provider is hetzner, with a token, a project and two selectors")
  void provider() {
    problems(MINIMAL.replace("provider: hetzner", "provider: aws"))
        .contains("groups[0].provider: expected hetzner, found another text");
    problems("groups: [{id: web, display_name: Web}]")
        .contains("groups[0].provider: expected a text, found none")
        .contains("groups[0].hetzner.api_token: expected a text, found none")
        .contains("groups[0].hetzner.project_id: expected a text, found none")
        .contains("groups[0].hetzner.servers.label_selector: expected a text, found none")
        .contains("groups[0].hetzner.floating_ips.label_selector: expected a text, found none");
    problems(MINIMAL.replace("{label_selector: a=b}", "a=b"))
        .contains("groups[0].hetzner.servers: expected keys and values, found another text");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "id: ''|id: expected a text",
        "display_name: ''|display_name: expected a text",
        "display_name: 5|display_name: expected a text, found a number",
        "type: tcp|type: expected http or https",
        "type: https|host: expected a text",
        "path: healthz|path: expected a path that begins with /",
        "path: ''|path: expected a text",
        "method: get|method: expected GET or HEAD",
        "method: TRACE|method: CONNECT and TRACE are not there",
        "port: 65536|port: expected a whole number up to 65535",
        "port: -1|port: expected a whole number",
        "port: 80.5|port: expected a whole number",
        "interval: 1 minute|interval: expected a duration",
        "timeout: never|timeout: expected a duration",
        "fall: 101|fall: expected a whole number up to 100",
        "rise: many|rise: expected a whole number up to 100",
        "ip_version: IPv4|ip_version: expected ipv4 or ipv6 or both"
      })
  @DisplayName("L9 What a check says is checked, key by key")
  void checks(String line, String problem) {
    var key = line.split(":", 2)[0];
    var check = Map.of("id", "up", "display_name", "Up", "type", "http", "path", "/");
    var text = new StringBuilder();
    check.forEach((name, value) -> {
      if (!name.equals(key)) {
        text.append(name).append(": ").append(value).append(", ");
      }
    });
    problems(MINIMAL.replaceAll("- \\{.*}", "- {" + text + line + "}"))
        .contains("groups[0].checks[0]." + problem);
  }

  @Test
  @DisplayName("L9 A check's id is its own in the group, and its name has 128 characters at most")
  void checkNames() {
    problems(MINIMAL + "  - {id: up, display_name: Up, type: http, path: /}\n")
        .contains("groups[0].checks[1].id: expected another one in each entry");
    problems(MINIMAL.replace("display_name: Up", "display_name: " + "x".repeat(129)))
        .contains("groups[0].checks[0].display_name: expected at most 128 characters");
  }

  @Test
  @DisplayName("L10 The server's port and time to stop are checked; it is noted if enabled")
  void server() {
    problems(MINIMAL + "server: {enabled: true, port: 70000, shutdown_timeout: x}")
        .contains("server.port: expected a whole number up to 65535")
        .contains("server.shutdown_timeout: expected a duration");
    assertThat(read(MINIMAL + "server: {enabled: false, port: 1}").notes())
        .noneMatch(note -> note.contains("server"));
    assertThat(read(MINIMAL + "server: {enabled: true, port: 9521}").notes())
        .anyMatch(note -> note.contains("--admin 127.0.0.1:9521"));
  }

  @Test
  @DisplayName("L11 An enabled heartbeat needs a URL, an interval and a timeout")
  void heartbeat() {
    problems(MINIMAL + "heartbeat: {enabled: true}")
        .contains("heartbeat.url: expected a text, found none")
        .contains("heartbeat.interval: expected a duration above 0")
        .contains("heartbeat.timeout: expected a duration above 0");
    problems(MINIMAL + "heartbeat: {enabled: true, url: 's3cret', interval: 1m, timeout: 1s}")
        .contains("heartbeat.url: expected a URL that begins with http:// or https://")
        .doesNotContain("s3cret");
    problems(MINIMAL + "heartbeat: {enabled: true, url: 'http://x/y', interval: 0s, timeout: [1]}")
        .startsWith("2 problems")
        .contains("heartbeat.interval: expected a duration above 0")
        .contains("heartbeat.timeout: expected a duration such as");
    assertThat(read(MINIMAL + "heartbeat: {enabled: false, url: ''}").heartbeat()).isEmpty();
  }

  @Test
  @DisplayName("L12 Level and format of the log are of flipper's words, and noted if not the usual")
  void logging() {
    problems(MINIMAL + "telemetry: {logging: {level: trace, format: xml}}")
        .contains("telemetry.logging.level: expected debug or info or warn or error")
        .contains("telemetry.logging.format: expected json or text");
    assertThat(read(MINIMAL + "telemetry: {logging: {level: info, format: text}}").notes())
        .contains("telemetry.logging.format has no place in the resource.")
        .noneMatch(note -> note.contains("level"));
  }

  @Test
  @DisplayName("L13 Enabled notifications have exactly one target, a mattermost with a URL")
  void notifications() {
    problems(MINIMAL + "notifications: {enabled: true}")
        .contains("notifications.targets: expected one target")
        .contains("found 0");
    problems(MINIMAL + "notifications: {enabled: true, targets: [{type: slack}, {}]}")
        .contains("notifications.targets: expected one target")
        .contains("notifications.targets[0].type: expected mattermost")
        .contains("notifications.targets[1].url: expected a text, found none");
    var target =
        "notifications: {enabled: true, targets: [{type: mattermost, url: 'http://x/y'%s}]}";
    assertThat(read(MINIMAL + target.formatted(", icon_url: ':dolphin:'")).notes())
        .noneMatch(note -> note.contains("icon_url"));
    assertThat(read(MINIMAL + target.formatted(", icon_url: ':whale:'")).notes())
        .contains("notifications.targets[0].icon_url has no place in the resource.");
    assertThat(read(MINIMAL + target.formatted("")).mattermost().orElseThrow().channel()).isEmpty();
  }

  @Test
  @DisplayName("Keys that flipper does not know are noted, not silently dropped")
  void unknownKeys() {
    assertThat(read(MINIMAL + "colour: blue\nserver: {prot: 1}").notes())
        .contains("flipper does not know, and ignores: colour, server.prot.");
  }

  @Test
  @DisplayName(
      "All that is wrong is told at once, with the file's name and no value that may be secret")
  void allAtOnce() {
    assertThatThrownBy(() -> read("groups: [{hetzner: {api_token: [s3cret]}}]\nversion: 3"))
        .isInstanceOf(BadConfiguration.class)
        .hasMessageStartingWith("8 problems\n  flipper.yaml: version: expected 1")
        .message()
        .contains("flipper.yaml: groups[0].hetzner.api_token: expected a text, found a list")
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "groups: [s3cret", "s3cret", "- s3cret", "a: s3cret\na: s3cret", "a: b: s3cret",
        "---\na: s3cret\n---\nb: 1", "a: !!binary s3cret", "a: *s3cret", "\t- s3cret",
            "\u0000s3cret"
      })
  @DisplayName("What is no YAML is refused with its place, and not quoted")
  void noYaml(String text) {
    assertThatThrownBy(() -> FlipperFile.parse("flipper.yaml", text))
        .isInstanceOf(BadConfiguration.class)
        .hasMessageStartingWith("flipper.yaml: ")
        .message()
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\": s3cret}", "{\"a\": 1, \"a\": 2}", "[1]", "\"s3cret\"", "{"})
  @DisplayName("What is no JSON is refused with its place, and not quoted")
  void noJson(String text) {
    assertThatThrownBy(() -> FlipperFile.parse("flipper.json", text))
        .isInstanceOf(BadConfiguration.class)
        .hasMessageStartingWith("flipper.json")
        .message()
        .doesNotContain("s3cret");
  }

  @Test
  @DisplayName("A file that is not there is named, and one that is empty has no groups")
  void files() {
    assertThatThrownBy(() -> FlipperConfigReader.read(Path.of("no-such.yaml"), Map.of()))
        .hasMessageContaining("no-such.yaml, found no such file");
    for (var name : new String[] {"a.yaml", "a.json", "a.toml"}) {
      assertThatThrownBy(
              () -> FlipperConfigReader.read(name, FlipperFile.parse(name, ""), Map.of()))
          .hasMessageContaining("groups: expected at least one group");
    }
  }

  private static String withGroupKey(String key, String value) {
    return MINIMAL.replace("  provider:", "  %s: %s\n  provider:".formatted(key, value));
  }

  private static AbstractStringAssert<?> problems(String yaml) {
    return assertThatThrownBy(() -> read(yaml)).isInstanceOf(BadConfiguration.class).message();
  }

  private static FlipperConfig read(String yaml) {
    return read(yaml, Map.of());
  }

  private static FlipperConfig read(String yaml, Map<String, String> environment, String... more) {
    var text = String.join("", more) + yaml;
    return FlipperConfigReader.read("flipper.yaml", (ObjectNode) YamlText.tree(text), environment);
  }
}
