package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoldfastTest {

  @Test
  @DisplayName("The program's help lists every command")
  void help() {
    var help = Execution.of("--help");

    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains("check", "demo", "operator", "run", "status", "switch");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"check", "demo", "operator", "run", "status", "switch"})
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
        "status extra",
        "switch",
        "switch b --timeout soon",
        "run --admin here file",
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
}
