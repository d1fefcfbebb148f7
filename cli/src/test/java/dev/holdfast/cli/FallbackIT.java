package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.cli.demo.SampleBackend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FallbackIT {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  /** Begins every line that does not go to syslog. */
  private static final String TIME = "^\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d ";

  @TempDir Path directory;
  private SampleBackend a;
  private SampleBackend b;
  private int port;
  private HoldfastProcess fallback;

  @BeforeEach
  void prepare() throws IOException {
    a = new SampleBackend("a");
    b = new SampleBackend("b");
    port = Client.freePort();
  }

  @AfterEach
  void end() {
    if (fallback != null) {
      fallback.close();
    }
    a.close();
    b.close();
  }

  @Test
  @DisplayName("T1 One address is exit code 1, an unknown flag 2, both with the usage on stderr")
  void usage() throws Exception {
    fallback = HoldfastProcess.start("fallback", ":" + port);
    assertThat(fallback.awaitExit()).isEqualTo(1);
    assertThat(fallback.err().getFirst()).startsWith("Usage: holdfast fallback");

    fallback = HoldfastProcess.start("fallback", "-nope", ":" + port, address(a));
    assertThat(fallback.awaitExit()).isEqualTo(2);
    assertThat(fallback.err().get(1)).startsWith("Usage: holdfast fallback");
  }

  @Test
  @DisplayName("T11 T12 The start is told: how many backends, which, and where it listens")
  void start() throws Exception {
    b.stop();
    start("--probe-delay=1h");

    assertThat(fallback.err().getFirst()).matches(TIME + "Starting holdfast \\S+$");
    fallback.awaitErr(TIME + "Initializing 2 backends$");
    fallback.awaitErr(TIME + "Backend " + address(a) + " added$");
    fallback.awaitErr(TIME + "Backend " + address(b) + " added$");
    fallback.awaitErr(TIME + "Failed to connect to backend " + address(b) + ": ");
    fallback.awaitErr(TIME + "Listening on 127.0.0.1:" + port + "$");
  }

  @Test
  @DisplayName("T12 A port that is taken is fatal: exit code 1")
  void portTaken() throws Exception {
    try (var taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      fallback = HoldfastProcess.start("fallback", "127.0.0.1:" + taken.getLocalPort(), address(a));

      assertThat(fallback.awaitExit()).isEqualTo(1);
      fallback.awaitErr("Failed to open listening socket: ");
    }
  }

  @Test
  @DisplayName("T23 Failure, failure of all, and return are told in the known words")
  void texts() throws Exception {
    start("-probe-delay", "500ms");
    a.stop();
    assertThat(Client.greeting(port)).isEqualTo("Hello from b.");
    fallback.awaitErr(TIME + "Failed to connect to backend " + address(a) + ": .+");

    b.stop();
    assertThat(Client.greeting(port)).isNull();
    fallback.awaitErr(TIME + "Failed to connect to backend " + address(b) + ": .+");
    fallback.awaitErr(TIME + "Failed to connect to any backend");

    b.start();
    fallback.awaitErr(TIME + "Backend is back " + address(b) + ", downtime: [0-9.]+m?s$");
    await().atMost(DEADLINE).until(() -> "Hello from b.".equals(Client.greeting(port)));
  }

  @Test
  @DisplayName("T4 T20 Statistics come as often as asked for, one line for each backend")
  void statistics() throws Exception {
    b.stop();
    start("-stats", "500ms", "-probe-delay", "1s");
    try (var client = Client.connect(port)) {
      client.line();
      client.echo("12345");
    }
    var time = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} [-+]\\d{4} \\S+$";
    fallback.awaitErr(
        TIME
            + ("STATS: <%s> failed=false \\(downtime=0s\\) requests=1 bytes=26 errors=0 last=%s")
                .formatted(address(a), time));
    fallback.awaitErr(
        TIME
            + ("STATS: <%s> failed=true \\(downtime=[1-9][0-9.]*m?s\\) requests=0 bytes=0"
                    + " errors=[2-9] last=%s")
                .formatted(address(b), time));
  }

  @Test
  @DisplayName("T5 Quiet is stronger than syslog, and syslog than a log file")
  void precedence() throws Exception {
    var file = directory.resolve("quiet.log");
    fallback = start(arguments("-quiet", "-syslog", "-logfile", file.toString()));
    awaitGreeting();
    assertThat(fallback.err()).isEmpty();
    assertThat(file).doesNotExist();
    fallback.close();

    try (var syslog = DatagramReceiver.bind(directory.resolve("log"))) {
      fallback =
          start(
              arguments(
                  "-syslog", "-syslog-socket", syslog.path().toString(), "-logfile", "" + file));
      assertThat(syslog.receive()).contains(": Starting holdfast ");
      assertThat(file).doesNotExist();
      assertThat(fallback.err()).isEmpty();
    }
  }

  @Test
  @DisplayName("T6 Syslog gets severity informational, the program's name, and no other time")
  void syslog() throws Exception {
    try (var syslog = DatagramReceiver.bind(directory.resolve("log"))) {
      fallback = start(arguments("-syslog", "-syslog-socket", syslog.path().toString()));

      assertThat(syslog.receive())
          .matches(
              "<14>[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d holdfast\\[\\d+]: Starting holdfast"
                  + " \\S+");
      assertThat(syslog.receive()).endsWith(": Initializing 2 backends");
    }
  }

  @Test
  @DisplayName("T6 A syslog that is not there is told of, and the log goes to stderr")
  void noSyslog() throws Exception {
    var nowhere = directory.resolve("nowhere");
    start("-syslog", "-syslog-socket", nowhere.toString());

    fallback.awaitErr("syslog at " + nowhere + " cannot be reached: .*; logging to stderr instead");
    assertThat(Client.greeting(port)).isEqualTo("Hello from a.");
  }

  @Test
  @DisplayName("T7 The log file has mode 0640, is appended to, and opened anew at SIGHUP")
  void logFile() throws Exception {
    var file = directory.resolve("fallback.log");
    fallback = start(arguments("-logfile", file.toString()));
    awaitLine(file, TIME + "Listening on ");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    assertThat(Files.readString(file)).doesNotContain("SIGHUP");

    var rotated = Files.move(file, directory.resolve("fallback.log.1"));
    fallback.signal("HUP");
    awaitLine(file, TIME + "SIGHUP received$");
    assertThat(Files.readString(rotated)).doesNotContain("SIGHUP");
    fallback.signal("TERM");
    assertThat(fallback.awaitExit()).isZero();

    fallback = start(arguments("-logfile", file.toString()));
    awaitLine(file, TIME + "Starting ");
    assertThat(Files.readAllLines(file).getFirst()).endsWith("SIGHUP received");
  }

  @Test
  @DisplayName("T7 Without a log file SIGHUP does no harm")
  void hangUp() throws Exception {
    start();
    fallback.signal("HUP");
    fallback.awaitErr(TIME + "SIGHUP received$");

    assertThat(Client.greeting(port)).isEqualTo("Hello from a.");
  }

  @Test
  @DisplayName("T7 A log file that cannot be opened is fatal: exit code 1")
  void badLogFile() throws Exception {
    fallback = start(arguments("-logfile", directory.toString()));

    assertThat(fallback.awaitExit()).isEqualTo(1);
    fallback.awaitErr("^holdfast: the log file cannot be opened: ");
  }

  @Test
  @DisplayName("T9 T8 A profile is saved at the end, of as many event loops as asked for")
  void profile() throws Exception {
    var file = directory.resolve("profile.jfr");
    start("-maxthreads", "1", "-cpuprofile", file.toString());
    assertThat(Client.greeting(port)).isEqualTo("Hello from a.");
    fallback.signal("INT");

    assertThat(fallback.awaitExit()).isZero();
    assertThat(Files.readAllBytes(file)).startsWith("FLR\0".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  @DisplayName("T10 A signal is told, connections may end, and the exit code is 0")
  void signal() throws Exception {
    start();
    try (var client = Client.connect(port)) {
      client.line();
      fallback.signal("INT");
      fallback.awaitErr(TIME + "Signal received");
      assertThat(client.echo("last words")).isEqualTo("last words");
      assertThat(fallback.isAlive()).isTrue();
    }
    assertThat(fallback.awaitExit()).isZero();
    assertThat(fallback.err().getLast()).matches(TIME + "Exiting$");
  }

  @Test
  @DisplayName("T10 A second signal ends it at once, with exit code 0")
  void secondSignal() throws Exception {
    start();
    try (var client = Client.connect(port)) {
      client.line();
      fallback.signal("TERM");
      fallback.awaitErr(TIME + "Signal received");
      fallback.signal("TERM");

      assertThat(fallback.awaitExit()).isZero();
    }
  }

  @Test
  @DisplayName("T21 -debug tells of probes, of a backend that is skipped, and of each transfer")
  void debug() throws Exception {
    start("-debug", "-probe-delay", "300ms");
    fallback.awaitErr(TIME + "DEBUG: .*probe of .* succeeded");
    a.stop();
    assertThat(Client.greeting(port)).isEqualTo("Hello from b.");

    fallback.awaitErr(TIME + "DEBUG: .*probe of .* failed");
    fallback.awaitErr(TIME + ".*trying .*" + b.address().getPort());
    fallback.awaitErr(
        TIME + "access .*backend=.*" + b.address().getPort() + " bytesToBackend=.*end=Complete");
  }

  /** Starts, and waits until it says that it listens. */
  private void start(String... flags) throws IOException {
    fallback = start(arguments(flags));
    fallback.awaitErr("Listening on ");
  }

  private static HoldfastProcess start(List<String> arguments) throws IOException {
    return HoldfastProcess.start(arguments.toArray(String[]::new));
  }

  private void awaitGreeting() {
    await()
        .atMost(DEADLINE)
        .ignoreExceptionsMatching(IOException.class::isInstance)
        .until(() -> Client.greeting(port) != null);
  }

  private List<String> arguments(String... flags) {
    var arguments = new ArrayList<>(List.of("fallback"));
    arguments.addAll(List.of(flags));
    arguments.addAll(List.of("127.0.0.1:" + port, address(a), address(b)));
    return arguments;
  }

  private static String address(SampleBackend backend) {
    return "127.0.0.1:" + backend.address().getPort();
  }

  private static void awaitLine(Path file, String pattern) {
    await()
        .atMost(DEADLINE)
        .ignoreExceptionsMatching(IOException.class::isInstance)
        .until(() -> Files.readAllLines(file).stream().anyMatch(l -> l.matches(pattern + ".*")));
  }
}
