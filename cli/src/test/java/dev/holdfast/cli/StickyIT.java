package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.cli.demo.SampleBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StickyIT {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  @TempDir Path directory;
  private SampleBackend a;
  private SampleBackend b;
  private Path file;
  private Path pid;
  private int first;
  private int second;
  private int admin;
  private HoldfastProcess run;

  @BeforeEach
  void start() throws IOException {
    a = new SampleBackend("a");
    b = new SampleBackend("b");
    first = Client.freePort();
    second = Client.freePort();
    admin = Client.freePort();
    file = write("");
    pid = directory.resolve("tcpffee.pid");
    run =
        HoldfastProcess.start(
            Map.of(
                "TCPFFEE_CONFIG_PATH", file.toString(),
                "TCPFFEE_PID_PATH", pid.toString(),
                "RUST_LOG", "warn,tcpffee=info"),
            "sticky");
    run.awaitErr("listening on \\[127.0.0.1]:" + first);
    run.awaitErr("listening on \\[127.0.0.1]:" + second);
  }

  @AfterEach
  void end() {
    run.close();
    a.close();
    b.close();
  }

  private Path write(String ofFirstGroup) throws IOException {
    return Files.writeString(
        directory.resolve("tcpffee.toml"),
        """
        bind_addr = "127.0.0.1"
        stats_bind_socket = "127.0.0.1:%d"
        ports = [%d, %d]
        expiration = 60
        [groups.0]
        %s
        portmap = {%d = "127.0.0.1:%d", %d = "127.0.0.1:%d"}
        """
            .formatted(
                admin,
                first,
                second,
                ofFirstGroup,
                first,
                a.address().getPort(),
                second,
                b.address().getPort()));
  }

  @Test
  @DisplayName("S1 S2 S3 S20 tcpffee's configuration runs, on all its ports, with its stats socket")
  void serves() throws Exception {
    assertThat(Client.greeting(first)).isEqualTo("Hello from a.");
    assertThat(Client.greeting(second)).isEqualTo("Hello from b.");
    await()
        .atMost(DEADLINE)
        .untilAsserted(() ->
            assertThat(Execution.of("status", "--address", "http://127.0.0.1:" + admin).out())
                .contains(
                    "StickyBalancer default/tcpffee",
                    "1 of 1 take new keys",
                    "entries      1 of "));
  }

  @Test
  @DisplayName("S9 S21 SIGUSR1 takes a change without a lost connection, and refuses a bad one")
  void reloads() throws Exception {
    try (var client = Client.connect(first)) {
      assertThat(client.line()).isEqualTo("Hello from a.");
      write("drain = true");
      run.signal("USR1");
      run.awaitErr("group group-0 \\(0\\) was Active, is Draining");
      assertThat(client.echo("still here")).isEqualTo("still here");
    }
    assertThat(Client.greeting(second)).as("of a known key").isEqualTo("Hello from b.");

    write("drain = 7");
    run.signal("USR1");
    run.awaitErr("groups.0.drain: expected true or false");
    assertThat(Client.greeting(first)).isEqualTo("Hello from a.");
  }

  @Test
  @DisplayName("S22 The PID file holds the process's number, and goes with it")
  void pidFile() throws Exception {
    await().atMost(DEADLINE).until(() -> Files.exists(pid));
    HoldfastProcess.signal("TERM", Long.parseLong(Files.readString(pid).strip()));
    assertThat(run.awaitExit()).isZero();
    assertThat(pid).doesNotExist();
  }
}
