package dev.holdfast.cli.tcpffee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.cli.convert.BadConfiguration;
import dev.holdfast.cli.convert.ConfigurationFile;
import dev.holdfast.cli.convert.Conversion;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TcpffeeConversionTest {
  private static final Path FILES = Path.of("src/test/resources/tcpffee");
  private static final String GROUP = "[groups.0]\nportmap = \"10.0.0.20\"\n";
  private static final String TOP =
      """
      bind_addr = "::"
      ports = [5280, 5281]
      expiration = 10
      """;

  @Test
  @DisplayName("S1 The file is the one that is named, else the variable's, else tcpffee's own")
  void file() {
    assertThat(file(Map.of(), "a.toml")).isEqualTo(Path.of("a.toml"));
    assertThat(file(Map.of("TCPFFEE_CONFIG_PATH", "/b.toml"), "--config", "a.toml"))
        .isEqualTo(Path.of("a.toml"));
    assertThat(file(Map.of("TCPFFEE_CONFIG_PATH", "/b.toml"))).isEqualTo(Path.of("/b.toml"));
    assertThat(file(Map.of("TCPFFEE_CONFIG_PATH", "")))
        .isEqualTo(Path.of("/etc/tcpffee/tcpffee.toml"));
    assertThatThrownBy(() -> file(Map.of(), "-c", "a.toml", "b.toml"))
        .hasMessage("expected one configuration file, found a.toml and b.toml");
  }

  @Test
  @DisplayName("S1 A file that is not there, or no TOML, is refused by its name")
  void unreadable() {
    assertThatThrownBy(() -> TcpffeeConversion.of(Path.of("nowhere.toml"), environment(Map.of())))
        .isInstanceOf(BadConfiguration.class)
        .hasMessageContaining("expected tcpffee's configuration in nowhere.toml");
    assertThatThrownBy(() -> convert("ports = ["))
        .isInstanceOf(BadConfiguration.class)
        .hasMessageStartingWith("it.toml:1:");
  }

  @Test
  @DisplayName("S2 One address is for all ports")
  void listen() {
    var listen = everything().manifest().at("/spec/listen");
    assertThat(listen.toString()).isEqualTo("{\"address\":\"0.0.0.0\",\"ports\":[5280,5281,5282]}");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "127.0.0.1:2340, -, -",
        "localhost:2340, -, -",
        "127.0.0.1:9340, -, 9340",
        "[::1]:2340, ::1, -",
        "0.0.0.0:9340, -, 9340"
      })
  @DisplayName("S3 The stats socket becomes the admin interface, on loopback only")
  void stats(String socket, String address, Integer port) {
    var conversion = convert("stats_bind_socket = \"" + socket + "\"\n" + TOP + GROUP);
    var admin = conversion.manifest().at("/spec/admin");
    assertThat(admin.path("address").textValue()).isEqualTo(address);
    assertThat(admin.path("port").isMissingNode() ? null : admin.path("port").intValue())
        .isEqualTo(port);
    assertThat(conversion.notes().stream().anyMatch(note -> note.contains("open to others")))
        .isEqualTo(socket.startsWith("0"));
  }

  @Test
  @DisplayName("S4 The four sockets between proxies are read and left out, and that is said")
  void peerSockets() {
    assertThat(everything().notes())
        .anyMatch(note ->
            note.contains("raft_stick_table_logs_bind_socket")
                && note.contains("raft_healthchecks_proposals_bind_socket"));
  }

  @Test
  @DisplayName("S5 Seconds without activity become expireAfter, and must be said")
  void expiration() {
    assertThat(everything().manifest().at("/spec/stickiness/expireAfter").asText())
        .isEqualTo("10s");
    assertThatThrownBy(() -> convert("bind_addr = \"::\"\nports = [1]\n" + GROUP))
        .hasMessageContaining("expiration: expected a number of seconds, found none");
  }

  @Test
  @DisplayName("S6 Groups keep their numbers, in their order as numbers")
  void groups() {
    assertThat(everything().manifest().at("/spec/groups").findValues("id"))
        .extracting(JsonNode::asInt)
        .containsExactly(2, 10);
    assertThatThrownBy(() -> convert(TOP + "[groups.blue]\nportmap = \"a\""))
        .hasMessageContaining("groups.blue: expected a whole number");
  }

  @Test
  @DisplayName("S7 A port map is a host for all ports or a server for each, and none may lack one")
  void portmap() {
    var groups = everything().manifest().at("/spec/groups");
    assertThat(groups.at("/1/host").asText()).isEqualTo("servers.example.org");
    assertThat(groups.at("/0/ports/1").toString())
        .isEqualTo("{\"listen\":5281,\"host\":\"172.31.100.20\",\"port\":3487}");
    assertThat(groups.at("/0/ports/2/host").asText()).isEqualTo("fd00::20");
    assertThat(everything().notes())
        .contains("groups.2.portmap.5999 is left out: it is none of ports.");
    assertThatThrownBy(() -> convert(TOP + "[groups.0.portmap]\n5280 = \"a:1\""))
        .hasMessageContaining("groups.0.portmap.5281: expected a text, found none");
    assertThatThrownBy(() -> convert(TOP + "[groups.0]\nportmap = \"a:1\""))
        .hasMessageContaining("groups.0.portmap: expected an address without a port");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"'', -", "drain = true, Draining", "disabled = true, Disabled"})
  @DisplayName("S8 What drains is Draining, what is disabled is Disabled, anything else is Active")
  void states(String line, String state) {
    assertThat(convert(TOP + GROUP + line).manifest().at("/spec/groups/0/state").textValue())
        .isEqualTo(state);
    // of both, the stricter
    assertThat(everything().manifest().at("/spec/groups/0/state").asText()).isEqualTo("Disabled");
  }

  @Test
  @DisplayName("S10 S11 Checks have tcpffee's defaults, and no hurry that it has not")
  void checks() {
    assertThat(convert(TOP + GROUP).manifest().at("/spec/groups/0").has("checks")).isFalse();
    var checks = everything().manifest().at("/spec/groups/0/checks");
    assertThat(checks.get(0).toString())
        .isEqualTo("{\"name\":\"check-0\",\"tcp\":{},\"fastInterval\":\"5s\"}");
    assertThat(checks.get(1).toString())
        .isEqualTo(
            """
            {"name":"check-1","tcp":{},"onFail":"Disable","interval":"500ms","timeout":"400ms",\
            "fall":2,"rise":1}\
            """);
    assertThat(checks.get(2).path("onFail").asText()).isEqualTo("Ignore");
    assertThatThrownBy(
            () -> convert(TOP + GROUP + "[[groups.0.healthchecks]]\nfall_action = \"Down\""))
        .hasMessageContaining(
            "groups.0.healthchecks[0].fall_action: expected Draining or Disabled or Up");
    assertThatThrownBy(() -> convert(TOP + GROUP + "[[groups.0.healthchecks]]\ntimeout = 6"))
        .hasMessageContaining("timeout: expected no more than interval");
  }

  @Test
  @DisplayName("S13 Any key of a request makes a check one by HTTP, healthy with exactly 200")
  void http() {
    var checks = everything().manifest().at("/spec/groups/0/checks");
    assertThat(checks.at("/3/http").toString()).isEqualTo("{\"expectStatus\":[\"200\"]}");
    assertThat(checks.at("/2/http").toString())
        .isEqualTo(
            """
            {"path":"/ready?deep=1","method":"POST","headers":{"X-Probe":"holdfast"},\
            "host":"game.example.org","body":"ping","expectStatus":["204"]}\
            """);
  }

  @Test
  @DisplayName(
      "S4 S14 One peer stands alone; several are named, and meet on the stick table's port")
  void peers() {
    assertThat(convert(TOP + GROUP + peers(1)).manifest().path("spec").has("peers")).isFalse();
    assertThat(convert(TOP + GROUP + peers(3)).manifest().at("/spec/peers/1").toString())
        .isEqualTo("{\"name\":\"peer-1\",\"host\":\"10.0.0.1\",\"port\":2342}");
    var socket = "raft_stick_table_logs_bind_socket = \"[::1]:7342\"\n";
    assertThat(convert(socket + TOP + GROUP + peers(5)).manifest().at("/spec/peers/4").toString())
        .isEqualTo("{\"name\":\"peer-4\",\"host\":\"10.0.0.4\",\"port\":7342}");
    assertThat(everything().notes()).anyMatch(note -> note.startsWith("peers.mac_address"));
  }

  @ParameterizedTest
  @CsvSource({"2", "4", "6", "8"})
  @DisplayName("S14 Peers of whom no majority decides are refused, with what to do")
  void peersWithoutMajority(int count) {
    assertThatThrownBy(() -> convert(TOP + GROUP + peers(count)))
        .isInstanceOf(BadConfiguration.class)
        .hasMessageContaining("peers: expected 3, 5 or 7 of them")
        .hasMessageEndingWith("found %d. Add one, or take one out".formatted(count));
  }

  @Test
  @DisplayName("S4 S14 A socket without a port and an address that is none are told by their names")
  void malformedPeers() {
    assertThatThrownBy(() ->
            convert(
                "raft_healthchecks_logs_bind_socket = \"here\"\n"
                    + TOP
                    + GROUP
                    + "[[peers]]\nhost = \"a\"\nmac_address = \"02:00\""))
        .hasMessageContaining("raft_healthchecks_logs_bind_socket: expected ADDRESS:PORT")
        .hasMessageContaining("peers[0].mac_address: expected six pairs of hex digits");
  }

  private static String peers(int count) {
    return IntStream.range(0, count)
        .mapToObj("[[peers]]\nhost = \"10.0.0.%d\"\n"::formatted)
        .collect(Collectors.joining());
  }

  @Test
  @DisplayName("S17 The slice of the first message comes from the environment")
  void slice() {
    var environment =
        Map.of(
            "TCPFFEE_KEY_TYPE", "IP_WITH_FIRST_MESSAGE_SLICE",
            "TCPFFEE_KEY_FIRST_MESSAGE_SLICE_START", "4",
            "TCPFFEE_KEY_FIRST_MESSAGE_SLICE_END", "20");
    assertThat(convert(TOP + GROUP, environment).manifest().at("/spec/stickiness").toString())
        .isEqualTo(
            """
            {"key":{"type":"ClientIPAndFirstBytes"},"firstBytes":{"start":4,"end":20},\
            "expireAfter":"10s"}\
            """);
    assertThatThrownBy(() ->
            convert(
                TOP + GROUP,
                Map.of(
                    "TCPFFEE_KEY_TYPE",
                    "IP_WITH_FIRST_MESSAGE_SLICE",
                    "TCPFFEE_KEY_FIRST_MESSAGE_SLICE_START",
                    "4")))
        .hasMessage(
            "TCPFFEE_KEY_FIRST_MESSAGE_SLICE_END: expected a number up to 1024, found none");
    assertThatThrownBy(() -> convert(TOP + GROUP, Map.of("TCPFFEE_KEY_TYPE", "COOKIE")))
        .hasMessageContaining("expected IP or IP_WITH_FIRST_MESSAGE_SLICE");
  }

  @Test
  @DisplayName("S21 All that is wrong is said at once, each by its full name")
  void problems() {
    assertThatThrownBy(() ->
            convert(
                """
                bind_addr = "here"
                ports = [0]
                expiration = 0
                stats_bind_socket = "x"
                [groups.0]
                """))
        .isInstanceOf(BadConfiguration.class)
        .message()
        .startsWith("5 problems")
        .contains("bind_addr", "ports", "expiration", "stats_bind_socket", "groups.0.portmap");
  }

  @Test
  @DisplayName("S22 S23 The PID file and the directory of state are where the variables say")
  void paths() {
    assertThat(environment(Map.of()).pidFile()).isEmpty();
    assertThat(environment(Map.of("TCPFFEE_PID_PATH", "/run/x.pid")).pidFile())
        .contains(Path.of("/run/x.pid"));
    var saved = Map.of("TCPFFEE_HEALTHCHECK_SAVE_PATH", FILES.resolve("health").toString());
    assertThat(environment(saved).stateDirectory()).contains(FILES.toAbsolutePath());
    assertThat(
            environment(Map.of("TCPFFEE_HEALTHCHECK_SAVE_PATH", "/nowhere/at/all"))
                .stateDirectory())
        .isEmpty();
    assertThat(convert(TOP + GROUP, saved).notes())
        .anyMatch(note -> note.contains("TCPFFEE_HEALTHCHECK_SAVE_PATH is not read"));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      value = {
        "debug | debug",
        "WARN | warn",
        "off | error",
        "tcpffee | trace",
        "tcpffee=info,debug | info",
        "debug,hyper=trace | debug",
        "info,debug | debug",
        "tcpffee::raft=trace | -",
        "warn/only this | warn",
        "loud | -"
      })
  @DisplayName("S24 RUST_LOG says the level, for all or for tcpffee as a whole")
  void rustLog(String filter, String level) {
    assertThat(environment(Map.of("RUST_LOG", filter)).logLevel().orElse(null)).isEqualTo(level);
  }

  private static Path file(Map<String, String> variables, String... arguments) {
    var flags = new TcpffeeFlags();
    new CommandLine(flags).parseArgs(arguments);
    return flags.file(environment(variables));
  }

  private static Conversion everything() {
    return TcpffeeConversion.of(FILES.resolve("everything.toml"), environment(Map.of()));
  }

  private static Conversion convert(String toml) {
    return convert(toml, Map.of());
  }

  private static Conversion convert(String toml, Map<String, String> variables) {
    return TcpffeeConversion.of(
        TcpffeeConfigReader.read(
            "it.toml", ConfigurationFile.toml("it.toml", toml), environment(variables)));
  }

  private static TcpffeeEnvironment environment(Map<String, String> variables) {
    return new TcpffeeEnvironment(variables);
  }
}
