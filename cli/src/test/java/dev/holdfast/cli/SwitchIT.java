package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.cli.demo.SampleBackend;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
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
class SwitchIT {
  private static final String TOKEN = "0123456789abcdef";

  @TempDir Path directory;
  private SampleBackend a;
  private SampleBackend b;
  private Path tokens;
  private int port;
  private HoldfastProcess run;
  private String address;

  @BeforeEach
  void start() throws IOException {
    a = new SampleBackend("a");
    b = new SampleBackend("b");
    port = Client.freePort();
    tokens = Files.writeString(directory.resolve("tokens"), "admin " + TOKEN + "\n");
    var file = Files.writeString(directory.resolve("pg.yaml"), Manifests.relaying(port, a, b));
    run =
        HoldfastProcess.start(
            "run", "--admin", "127.0.0.1:0", "--token-file", tokens.toString(), file.toString());
    var listening = run.awaitErr("the admin interface listens on (127.0.0.1:\\d+)");
    address = "http://" + listening.group(1);
    run.awaitErr("listening on \\[127.0.0.1]:" + port);
  }

  @AfterEach
  void end() {
    run.close();
    a.close();
    b.close();
  }

  private Execution holdfast(String... words) {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--address", address));
    return Execution.of(all.toArray(String[]::new));
  }

  @Test
  @DisplayName("The backend that is asked for becomes primary, and that is printed")
  void switched() {
    var done = holdfast("switch", "b", "--token-file", tokens.toString());
    assertThat(done).isEqualTo(new Execution(0, "b is the primary of default/pg, epoch 2\n", ""));
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptionsInstanceOf(SocketException.class)
        .untilAsserted(() -> assertThat(Client.greeting(port)).isEqualTo("Hello from b."));
    assertThat(holdfast("status", "--token-file", tokens.toString()).out())
        .contains("a -> b", "(Switchover)");

    var again = holdfast("switch", "b", "--token-file", tokens.toString());
    assertThat(again.out()).isEqualTo("b is the primary of default/pg, epoch 2\n");
  }

  @Test
  @DisplayName("A dead or unknown backend is refused with the reason: exit code 1, nothing changed")
  void refused() throws Exception {
    b.stop();
    var dead = holdfast("switch", "b", "--token-file", tokens.toString());
    assertThat(dead.exitCode()).isEqualTo(1);
    assertThat(dead.err()).contains("answered 409", "not switched to b").hasLineCount(1);

    var unknown = holdfast("switch", "z", "--token-file", tokens.toString());
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.err()).contains("answered 404", "expected one of [a, b]");
    assertThat(Client.greeting(port)).isEqualTo("Hello from a.");
  }

  @Test
  @DisplayName("Without a token nobody switches, and is told which option helps")
  void noToken() throws Exception {
    var execution = holdfast("switch", "b");
    assertThat(execution.exitCode()).isEqualTo(1);
    assertThat(execution.err()).contains("answered 401", "--token-file");
    assertThat(Client.greeting(port)).isEqualTo("Hello from a.");
  }

  @Test
  @DisplayName("A token is never sent in the clear to another machine")
  void inTheClear() {
    var execution =
        Execution.of(
            "switch", "b", "--address", "http://192.0.2.1", "--token-file", tokens.toString());
    assertThat(execution.exitCode()).isEqualTo(1);
    assertThat(execution.err()).contains("use https").doesNotContain(TOKEN);
  }
}
