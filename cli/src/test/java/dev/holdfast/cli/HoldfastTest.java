package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HoldfastTest {
  private static final String[] COMMANDS = {
    "check",
    "convert",
    "demo",
    "failover",
    "fallback",
    "operator",
    "plan",
    "run",
    "status",
    "switch"
  };

  @Test
  @DisplayName("The program's help lists every command")
  void help() {
    var help = Execution.of("--help");

    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains(COMMANDS);
  }

  static Stream<String> commands() {
    return Stream.of(COMMANDS);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  @DisplayName("Every command has help and version, within 80 columns")
  void helpOfCommands(String command) {
    var help = Execution.of(command, "--help");
    var version = Execution.of(command, "--version");

    assertThat(List.of(help.exitCode(), version.exitCode())).containsOnly(0);
    assertThat(help.out()).startsWith("Usage: holdfast " + command);
    assertThat(help.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(version.out()).matches("(?s)holdfast \\d+\\.\\d+\\.\\d+\\S*\\RJava \\S+\\R");
  }

  @ParameterizedTest(name = "holdfast {0}")
  @ValueSource(
      strings = {
        "",
        "rnu",
        "run",
        "check",
        "operator",
        "plan",
        "plan --strategy best state.json",
        "status extra",
        "switch",
        "switch b --timeout soon",
        "run --admin here file",
        "run --amdin none file",
        "run --from flopsy -p 80",
        "convert -p 80 -H a:1",
        "convert --from proxymgr -c proxymgr.yaml",
        "convert --from flipper a.yaml b.yaml",
        "convert --from flopsy -p 80 -H a",
        "convert --from tcp_fallback -nope :80 a:80",
        "convert --from tcp_fallback :80",
        "run --probe-port many file",
        "run --log-level loud file",
        "demo --for ever",
        "check -o xml file"
      })
  @DisplayName("Wrong usage is exit code 2 with one line of error and where to find help")
  void wrongUsage(String line) {
    var execution = Execution.of(line.isEmpty() ? new String[0] : line.split(" "));

    assertThat(execution.exitCode()).isEqualTo(2);
    assertThat(execution.out()).isEmpty();
    assertThat(execution.err()).startsWith("holdfast: ").contains("--help").hasLineCount(2);
  }

  @ParameterizedTest(name = "holdfast {0}")
  @ValueSource(
      strings = {
        "failover",
        "failover -p 80",
        "failover -H a:1",
        "failover -p 80 -b 127.0.0.1:80 -H a:1",
        "failover -p http -H a:1",
        "failover -p 80 -H a:1 -x",
        "fallback -nope :80 a:80",
        "fallback -timeout soon :80 a:80"
      })
  @DisplayName("F7 T1 Wrong usage of a drop-in is exit code 2 with the whole usage on stderr")
  void wrongUsageOfDropIns(String line) {
    var execution = Execution.of(line.split(" "));

    assertThat(execution.exitCode()).isEqualTo(2);
    assertThat(execution.out()).isEmpty();
    assertThat(execution.err()).startsWith("holdfast: ").contains("\nUsage: holdfast fa");
  }

  @ParameterizedTest(name = "holdfast {0}")
  @ValueSource(strings = {"fallback", "fallback :80", "fallback -debug :80"})
  @DisplayName("T1 Fewer than two addresses is exit code 1 with the usage on stderr")
  void tooFewAddresses(String line) {
    var execution = Execution.of(line.split(" "));

    assertThat(execution.exitCode()).isEqualTo(1);
    assertThat(execution.err()).startsWith("Usage: holdfast fallback [FLAG...] LOCAL REMOTE...");
  }

  @Test
  @DisplayName("A tool that is not there yet is named beside those that are")
  void otherTools() {
    assertThat(Execution.of("convert", "--from", "proxymgr").err())
        .contains("expected flopsy or tcp_fallback or flipper or tcpffee, found 'proxymgr'")
        .contains("proxymgr is not there yet");
  }

  @Test
  @DisplayName("S14 tcpffee's peers are not run without certificates, and it is said what to do")
  void peersWithoutCertificates() {
    var complete = "src/test/resources/tcpffee/complete.toml";
    assertThat(Execution.of("run", "--from", "tcpffee", complete, "--admin", "none"))
        .satisfies(run -> {
          assertThat(run.exitCode()).isOne();
          assertThat(run.err())
              .contains("nothing runs: ", "start this data plane with --tls-dir and --state-dir");
        });
  }

  @Test
  @DisplayName("A failure is exit code 1 and one line; --debug adds the stack trace")
  void failure() {
    var plain = Execution.of("status", "--address", "nowhere");
    var debugged = Execution.of("status", "--debug", "--address", "nowhere");

    assertThat(plain)
        .isEqualTo(
            new Execution(
                1,
                "",
                "holdfast: --address: expected a URL such as http://127.0.0.1:2340, found"
                    + " 'nowhere'\n"));
    assertThat(debugged.exitCode()).isEqualTo(1);
    assertThat(debugged.err()).startsWith(plain.err()).contains("\tat dev.holdfast.cli");
  }

  @Test
  @DisplayName("A data plane that does not answer is named, with what to try")
  void unreachable() {
    assertThat(Execution.of("status", "--address", "http://127.0.0.1:1").err())
        .startsWith("holdfast: no data plane answers at http://127.0.0.1:1 (")
        .hasLineCount(1);
  }

  @Test
  @DisplayName("Who answers in another way than HTTP may speak TLS, which is said")
  void notHttp() throws IOException {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> closeFirst(other));
      assertThat(
              Execution.of("status", "--address", "http://127.0.0.1:" + other.getLocalPort()).err())
          .contains("does not answer in HTTP", "--tls-dir", "https://")
          .hasLineCount(1);
    }
  }

  private static void closeFirst(ServerSocket server) {
    try (var client = server.accept()) {
      client.getInputStream().read();
      client.getOutputStream().write("not HTTP\r\n".getBytes(US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
