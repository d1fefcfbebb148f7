package dev.holdfast.cli.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.cli.convert.Conversion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class FlopsyConversionTest {
  @TempDir Path root;

  @Test
  @DisplayName("F1 An address and a port exclude each other, and one is needed")
  void listen() {
    assertThatThrownBy(() -> spec("-b 127.0.0.1:80 -p 80 -H a:1"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("mutually exclusive");
    assertThatThrownBy(() -> spec("-H a:1")).hasMessageContaining("-b ADDR:PORT, -p PORT");
    assertThat(spec("-b 127.0.0.1:80 -H a:1").at("/listen/address").asText())
        .isEqualTo("127.0.0.1");
  }

  @Test
  @DisplayName("F2 A port alone means all addresses of both families, which is the default")
  void anyAddress() {
    assertThat(spec("-p 80 -H a:1").path("listen").toString()).isEqualTo("{\"port\":80}");
    assertThat(spec("-b [::]:80 -H a:1").path("listen").toString()).isEqualTo("{\"port\":80}");
  }

  @Test
  @DisplayName("F3 The order of the hosts is the order of preference")
  void hosts() {
    assertThat(spec("-p 80 -H b:1,a:2").path("backends").findValuesAsText("host"))
        .containsExactly("b", "a");
    assertThatThrownBy(() -> spec("-p 80 -H a:1,,b:1")).hasMessageContaining("found ''");
  }

  @ParameterizedTest(name = "-B {0}")
  @CsvSource({
    "0, '{\"initial\":\"100ms\",\"max\":\"100ms\"}'",
    "1, '{\"max\":\"1s\"}'",
    "59, '{\"max\":\"59s\"}'",
    "60, ''",
    "3600, '{\"max\":\"1h\"}'",
    "4294967295, '{\"max\":\"99999h\"}'",
  })
  @DisplayName("F6 The longest pause is a number of seconds below 2^32, 60 if it is not said")
  void backoff(String seconds, String expected) {
    assertThat(spec("-p 80 -H a:1 -B " + seconds).at("/selection/retryBackoff").toString())
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "-B {0}")
  @CsvSource({"-1", "4294967296", "1.5", "1m", "x"})
  @DisplayName("F6 Any other longest pause is refused")
  void badBackoff(String seconds) {
    assertThatThrownBy(() -> spec("-p 80 -H a:1 -B " + seconds))
        .hasMessageContaining("from 0 to 4294967295");
  }

  @Test
  @DisplayName("F8 The container's variables stand in for flags, unless they are empty")
  void variables() {
    var spec = of("", Map.of("PORT", "80", "HOSTS", "a:1,b:2", "MAX_BACKOFF", "5")).manifest();

    assertThat(spec.at("/spec/listen/port").asInt()).isEqualTo(80);
    assertThat(spec.at("/spec/backends")).hasSize(2);
    assertThat(spec.at("/spec/selection/retryBackoff/max").asText()).isEqualTo("5s");
    assertThatThrownBy(() -> of("", Map.of("PORT", "", "HOSTS", "a:1")))
        .hasMessageContaining("found none");
    assertThat(of("-p 81", Map.of("PORT", "80", "HOSTS", "a:1", "MAX_BACKOFF", "")).manifest())
        .hasToString(of("-p 81 -H a:1", Map.of()).manifest().toString());
  }

  @Test
  @DisplayName("F8 The container's check script is used when it can be run, and else told of")
  void containerCheck() throws IOException {
    var script = root.resolve("etc/flopsy/check-host.sh");
    var ignored = script + " is ignored: it is not there, or it is not executable.";
    assertThat(inContainer().notes()).containsExactly(ignored);

    Files.createDirectories(script.getParent());
    Files.createFile(script);
    assertThat(inContainer().notes()).containsExactly(ignored);

    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(inContainer().notes()).doesNotContain(ignored);
    assertThat(inContainer().manifest().at("/spec/checks/0/exec/command/0").asText())
        .isEqualTo(script.toString());
  }

  @Test
  @DisplayName("F8 The container's trigger directory is used when it is there")
  void containerTriggers() throws IOException {
    assertThat(inContainer().manifest().at("/spec/hooks").isMissingNode()).isTrue();
    var triggers = Files.createDirectories(root.resolve("etc/flopsy/triggers.d"));

    assertThat(inContainer().manifest().at("/spec/hooks/0/exec/command/0").asText())
        .isEqualTo(triggers.toString());
  }

  @Test
  @DisplayName("F8 With hosts on the command line the container's paths do not count")
  void notInContainer() throws IOException {
    Files.createDirectories(root.resolve("etc/flopsy/triggers.d"));

    assertThat(of("-p 80 -H a:1", Map.of()).manifest().at("/spec/hooks").isMissingNode()).isTrue();
  }

  private Conversion inContainer() {
    return of("", Map.of("PORT", "80", "HOSTS", "a:1"));
  }

  private JsonNode spec(String line) {
    return of(line, Map.of()).manifest().path("spec");
  }

  private Conversion of(String line, Map<String, String> environment) {
    var flags = new FlopsyFlags();
    new CommandLine(flags).parseArgs(line.isEmpty() ? new String[0] : line.split(" "));
    return FlopsyConversion.of(flags, new FlopsyContainer(new HashMap<>(environment), root));
  }
}
