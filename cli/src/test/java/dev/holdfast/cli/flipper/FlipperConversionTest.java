package dev.holdfast.cli.flipper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.cli.convert.Conversion;
import dev.holdfast.health.reference.Reference;
import dev.holdfast.manifest.ManifestReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FlipperConversionTest {
  private static final String FILES = "src/test/resources/flipper/";

  @Test
  @DisplayName("L1 flipper's own flags name the file, and its command may follow")
  void flags() {
    assertThat(flags("flipper.toml").file()).isEqualTo("flipper.toml");
    assertThat(flags("--config x.yaml monitor").file()).isEqualTo("x.yaml");
    assertThat(flags("-c x.yaml").file()).isEqualTo("x.yaml");
    assertThat(flags("monitor").file()).isEqualTo("flipper.yaml");
    assertThatThrownBy(() -> flags("a.yaml b.yaml").file())
        .hasMessage("expected one configuration file, found a.yaml b.yaml");
    assertThatThrownBy(() -> flags("-c a.yaml help").file())
        .hasMessageContaining("found help a.yaml");
  }

  @Test
  @DisplayName("L5 Each group is one FloatingIpGroup, which the API server would take")
  void groups() {
    var conversion = of("two-groups.json", Map.of());
    var read = ManifestReader.checkingRules().read("it", conversion.json());

    assertThat(read.problems()).isEmpty();
    assertThat(read.manifests())
        .extracting(manifest -> manifest.name())
        .containsExactly("fsn", "nbg");
  }

  @Test
  @DisplayName("L6 A group that is read only is in mode Plan, any other in the default")
  void readOnly() {
    assertThat(spec("everything.yaml").path("mode").asText()).isEqualTo("Plan");
    assertThat(spec("small.toml").has("mode")).isFalse();
  }

  @Test
  @DisplayName("L7 Times of polling and applying go where they belong, within what can be")
  void times() {
    var conversion = of("everything.yaml", Map.of());
    var spec = conversion.manifest().path("spec");

    assertThat(spec.path("pollInterval").asText()).isEqualTo("30s");
    assertThat(spec.path("pollTimeout").asText()).isEqualTo("30s");
    assertThat(spec.at("/apply/timeout").asText()).isEqualTo("1m30s");
    assertThat(spec.at("/planner/applyWithUnknownHealth").asBoolean()).isTrue();
    assertThat(conversion.notes()).contains("Web_1: poll_timeout 45s becomes 30s.");
  }

  @Test
  @DisplayName("L28 Planning is flipper's: Canonical, at once, all servers when none is healthy")
  void planner() {
    assertThat(spec("small.toml").path("planner").toString())
        .isEqualTo(
            """
            {"strategy":"Canonical","whenAllUnhealthy":"Spread","rebalance":{"policy":"Immediate"}}\
            """);
  }

  @Test
  @DisplayName("L8 The token is referred to and shown nowhere, the selectors are carried over")
  void hetzner() {
    var conversion = of("everything.yaml", Map.of());
    var spec = conversion.manifest().path("spec");

    assertThat(spec.at("/provider/hetzner").toString())
        .isEqualTo(
            "{\"tokenSecretRef\":{\"name\":\"web-1-hetzner\",\"key\":\"token\"},\"projectId\":123456}");
    assertThat(spec.at("/servers/labelSelector").asText())
        .isEqualTo("role=loadbalancer,environment=prod");
    assertThat(conversion.secrets())
        .containsEntry(Reference.secret("web-1-hetzner", "token"), "t0ken-of-web")
        .containsEntry(Reference.secret("flipper-heartbeat", "url"), "https://beat.example/s3cret")
        .containsEntry(
            Reference.secret("flipper-mattermost", "url"), "https://chat.example/hooks/s3cret");
    assertThat(List.of(conversion.toString(), conversion.yaml(), conversion.json()))
        .noneMatch(text -> text.contains("s3cret") || text.contains("t0ken"));
  }

  @Test
  @DisplayName("L8 A project that is no number is left out, and that is noted")
  void project() {
    var conversion = of("two-groups.json", Map.of());

    assertThat(conversion.manifests().get(1).at("/spec/provider/hetzner").has("projectId"))
        .isFalse();
    assertThat(conversion.notes())
        .anyMatch(note -> note.startsWith("nbg: hetzner.project_id is no"));
  }

  @Test
  @DisplayName("L9 A check keeps its request, times and counts, and follows redirects")
  void checks() {
    var checks = spec("everything.yaml").path("checks");

    assertThat(checks.get(0).toString())
        .isEqualTo(
            """
            {"name":"web","https":{"port":8443,"path":"/healthz","host":"example.com",\
            "method":"HEAD","followRedirects":true},"ipVersion":"IPv4","interval":"2s500ms","timeout":"4s",\
            "fastInterval":"2s500ms"}\
            """);
    assertThat(checks.get(1).toString())
        .isEqualTo(
            """
            {"name":"plain","http":{"followRedirects":true},"interval":"1m","timeout":"10s","fall":1,"rise":1}\
            """);
  }

  @Test
  @DisplayName("L11 The heartbeat is sent by every group, with a timeout not above the interval")
  void heartbeat() {
    var conversion = of("two-groups.json", Map.of());

    for (var manifest : conversion.manifests()) {
      assertThat(manifest.at("/spec/heartbeat").toString())
          .isEqualTo(
              "{\"urlSecretRef\":{\"name\":\"flipper-heartbeat\",\"key\":\"url\"},\"timeout\":\"1m\"}");
    }
    assertThat(conversion.notes())
        .anyMatch(note -> note.startsWith("Each group sends the heartbeat"));
  }

  @Test
  @DisplayName("L13 The target is told under its name in its channel")
  void notifications() {
    assertThat(spec("everything.yaml").path("notifications").toString())
        .isEqualTo(
            """
            [{"type":"Mattermost","urlSecretRef":{"name":"flipper-mattermost","key":"url"},\
            "channel":"ops","username":"flipper"}]\
            """);
  }

  @Test
  @DisplayName("A note is a comment, whatever line ends stand in a key that is noted")
  void comments() {
    var tree = FlipperFile.parse(FILES, "version = 1");
    tree.put("x\u2028y: 1\u0085z: 1\nkind: Other\u0000", 1);
    var groups = FlipperFile.read(Path.of(FILES + "small.toml")).path("groups");
    tree.set("groups", groups);
    var yaml = FlipperConversion.of(FlipperConfigReader.read("x", tree, Map.of())).yaml();
    var read = ManifestReader.trustingRules().read("it", yaml);

    assertThat(read.problems()).isEmpty();
    assertThat(read.manifests()).hasSize(1);
    assertThat(yaml).contains("# y: 1\n# z: 1\n# kind: Other");
  }

  @Test
  @DisplayName("Ids that make no names, or the same one, are numbered")
  void names() {
    assertThat(DnsLabels.of(List.of("Web A", "web.b"), "group")).containsExactly("web-a", "web-b");
    assertThat(DnsLabels.of(List.of("web a", "web.a"), "group"))
        .containsExactly("group-0", "group-1");
    assertThat(DnsLabels.of(List.of("ö"), "check")).containsExactly("check-0");
    assertThat(DnsLabels.of(List.of("x".repeat(80)), "check")).containsExactly("check-0");
  }

  private static JsonNode spec(String file) {
    return of(file, Map.of()).manifest().path("spec");
  }

  private static Conversion of(String file, Map<String, String> environment) {
    return FlipperConversion.of(flags(FILES + file), environment);
  }

  private static FlipperFlags flags(String line) {
    var flags = new FlipperFlags();
    new CommandLine(flags).parseArgs(line.split(" "));
    return flags;
  }
}
