package dev.holdfast.cli.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class FallbackFlagsTest {

  @Test
  @DisplayName("T2 T3 T4 T8 Without flags, tcp_fallback's own values hold")
  void defaults() {
    var flags = parse(":80", "a:80");

    assertThat(flags.timeout).isEqualTo(Duration.ofSeconds(5));
    assertThat(flags.probeDelay).isEqualTo(Duration.ofSeconds(30));
    assertThat(flags.stats).isEqualTo(Duration.ofMinutes(15));
    assertThat(flags.maxThreads).isEqualTo(4);
    assertThat(flags.debug || flags.quiet || flags.syslog).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "-timeout 7s -debug :80 a:80",
        "--timeout 7s --debug :80 a:80",
        "-timeout=7s -debug=true :80 a:80",
        "--timeout=7s --debug=1 :80 a:80",
        "-timeout 1s -timeout 7s -debug -- :80 a:80",
        "-debug=false -timeout=7s -debug=t :80 a:80"
      })
  @DisplayName("T1 Flags have one dash or two, and their value after a blank or an equals sign")
  void spellings(String line) {
    var flags = parse(line.split(" "));

    assertThat(flags.timeout).isEqualTo(Duration.ofSeconds(7));
    assertThat(flags.debug).isTrue();
    assertThat(flags.addresses).containsExactly(":80", "a:80");
  }

  @Test
  @DisplayName("T1 A switch takes its value by an equals sign only, and the last one counts")
  void switches() {
    assertThat(parse("-quiet", "false", "a:80").addresses).containsExactly("false", "a:80");
    assertThat(parse("-quiet", "-quiet=false", ":80", "a:80").quiet).isFalse();
  }

  @Test
  @DisplayName("T1 What follows the first address is no flag")
  void afterAddresses() {
    var flags = parse(":80", "-debug", "a:80");

    assertThat(flags.debug).isFalse();
    assertThat(flags.addresses).containsExactly(":80", "-debug", "a:80");
    assertThat(parse("-", "a:80").addresses).containsExactly("-", "a:80");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "-nope :80 a:80",
        "--nope=1 :80 a:80",
        "-d :80 a:80",
        "-timeout",
        "-timeout soon :80 a:80",
        "-debug=maybe :80 a:80",
        "-maxthreads few :80 a:80"
      })
  @DisplayName("T1 Any other flag, and a flag without a value of its kind, is refused")
  void refused(String line) {
    assertThatThrownBy(() -> parse(line.split(" "))).isInstanceOf(ParameterException.class);
  }

  @Test
  @DisplayName("T1 It takes two addresses or more")
  void complete() {
    assertThat(List.of(parse().complete(), parse(":80").complete())).containsOnly(false);
    assertThat(parse(":80", "a:80", "b:80").complete()).isTrue();
  }

  @Test
  @DisplayName("T8 There are at most as many event loops as processors")
  void threads() {
    var processors = Runtime.getRuntime().availableProcessors();

    assertThat(parse("-maxthreads", "1", ":80", "a:80").eventLoops()).isEqualTo(1);
    assertThat(parse("-maxthreads", "9999", ":80", "a:80").eventLoops()).isEqualTo(processors);
    assertThat(parse("-maxthreads", "0", ":80", "a:80").eventLoops()).isEqualTo(processors);
  }

  @Test
  @DisplayName("T7 T9 Files are taken as typed")
  void files() {
    var flags = parse("-logfile", "x.log", "-cpuprofile=x.jfr", ":80", "a:80");

    assertThat(flags.logFile).isEqualTo(Path.of("x.log"));
    assertThat(flags.cpuProfile).isEqualTo(Path.of("x.jfr"));
  }

  private static FallbackFlags parse(String... arguments) {
    var flags = new FallbackFlags();
    FallbackFlags.goStyle(new CommandLine(flags)).parseArgs(arguments);
    return flags;
  }
}
