package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.cli.demo.SampleBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FailoverIT {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  @TempDir Path directory;
  private SampleBackend a;
  private SampleBackend b;
  private int port;
  private HoldfastProcess failover;

  @BeforeEach
  void prepare() throws IOException {
    a = new SampleBackend("a");
    b = new SampleBackend("b");
    port = Client.freePort();
  }

  @AfterEach
  void end() {
    if (failover != null) {
      failover.close();
    }
    a.close();
    b.close();
  }

  @Test
  @DisplayName("F1 -b binds the address that it names and no other")
  void bindsAddress() throws Exception {
    serve("-b", "127.0.0.1:" + port, "-H", hosts(a, b));

    assertThat(Client.greeting(port)).isEqualTo("Hello from a.");
    assertThat(connects("::1")).isFalse();
    assertThat(connects("127.0.0.2")).isFalse();
  }

  @Test
  @DisplayName("F2 -p binds all addresses, of IPv4 and IPv6")
  void bindsPort() throws Exception {
    serve("-p", "" + port, "-H", hosts(a));

    assertThat(List.of(connects("127.0.0.1"), connects("127.0.0.2"), connects("::1")))
        .containsOnly(true);
  }

  @Test
  @DisplayName("F4 F13 The host whose check script does not end with 0 is passed over")
  void checkScript() throws Exception {
    var script =
        script("check.sh", "echo \"$@\" >> %s; [ \"$1\" != %s ]".formatted(record(), hosts(a)));
    serve("-p", "" + port, "-H", hosts(a, b), "-c", script);

    assertThat(Client.greeting(port)).isEqualTo("Hello from b.");
    assertThat(Files.readAllLines(record())).containsExactly(hosts(a), hosts(b));
  }

  @Test
  @DisplayName("F5 F14 F15 -f runs a file with the new primary, at the start and before clients")
  void onFailoverFile() throws Exception {
    var script = script("trigger.sh", "echo \"$@\" >> " + record());
    serve("-p", "" + port, "-H", hosts(a, b), "-f", script);
    assertThat(Files.readAllLines(record())).containsExactly(hosts(a));

    a.stop();
    meetFailure();
    await().atMost(DEADLINE).until(() -> greets("b"));
    assertThat(Files.readAllLines(record())).containsExactly(hosts(a), hosts(b));
  }

  @Test
  @DisplayName("F5 F16 -f runs the files of a directory in the order of their names' bytes")
  void onFailoverDirectory() throws Exception {
    Files.createDirectories(directory.resolve("triggers.d/deeper"));
    for (var name : new String[] {"b", "10-last", "B", "a b"}) {
      script("triggers.d/" + name, "echo '%s' $1 >> %s".formatted(name, record()));
    }
    serve("-p", "" + port, "-H", hosts(a), "-f", directory.resolve("triggers.d").toString());

    assertThat(Files.readAllLines(record()))
        .containsExactly(
            "10-last " + hosts(a), "B " + hosts(a), "a b " + hosts(a), "b " + hosts(a));
  }

  @Test
  @DisplayName("F6 -B limits the pauses, which begin at one second")
  void maxBackoff() throws Exception {
    a.stop();
    failover = HoldfastProcess.start("failover", "-p", "" + port, "-H", hosts(a), "-B", "1");
    var pause = "none of 1 backends is usable; trying again in 1000ms";

    await()
        .atMost(DEADLINE)
        .until(() -> failover.err().stream().filter(line -> line.contains(pause)).count() >= 3);
    a.start();
    await().atMost(DEADLINE).until(() -> greets("a"));
  }

  @Test
  @DisplayName("F7 Help goes to stdout with exit code 0, wrong usage to stderr with 2")
  void usage() throws Exception {
    failover = HoldfastProcess.start("failover", "-h");
    assertThat(failover.awaitExit()).isZero();
    assertThat(failover.out().getFirst()).startsWith("Usage: holdfast failover");

    failover = HoldfastProcess.start("failover", "-p", "http", "-H", hosts(a));
    assertThat(failover.awaitExit()).isEqualTo(2);
    assertThat(failover.out()).isEmpty();
    assertThat(failover.err()).anyMatch(line -> line.startsWith("Usage: holdfast failover"));
  }

  @Test
  @DisplayName("F8 The container's variables do what the flags do, and empty ones do nothing")
  void environment() throws Exception {
    var variables = Map.of("PORT", "" + port, "HOSTS", hosts(a, b), "MAX_BACKOFF", "");
    failover = HoldfastProcess.start(variables, "failover");
    failover.awaitErr("/etc/flopsy/check-host.sh is ignored");

    await().atMost(DEADLINE).until(() -> greets("a"));
  }

  @Test
  @DisplayName("F9 Every byte arrives, however bytes are moved")
  void bytes() throws Exception {
    serve("-p", "" + port, "-H", hosts(a));
    var sent = new byte[4 * 1024 * 1024];
    new Random(9).nextBytes(sent);
    try (var client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client.setSoTimeout((int) DEADLINE.toMillis());
      client.getInputStream().readNBytes("Hello from a.\n".length());
      var writer =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  client.getOutputStream().write(sent);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      var received = client.getInputStream().readNBytes(sent.length);
      writer.join();

      assertThat(Arrays.equals(received, sent)).isTrue();
    }
  }

  @Test
  @DisplayName("F24 A port that is taken is said and tried again, and nothing crashes")
  void portTaken() throws Exception {
    try (var taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      failover =
          HoldfastProcess.start(
              "failover", "-b", "127.0.0.1:" + taken.getLocalPort(), "-H", hosts(a));
      failover.awaitErr("cannot listen .*; trying again until it works");
    }
    await().atMost(DEADLINE).until(() -> greets("a"));
  }

  @Test
  @DisplayName("F20 The client that meets the failure is closed, and the next one finds b")
  void closesTheClient() throws Exception {
    serve("-p", "" + port, "-H", hosts(a, b));
    a.stop();

    assertThat(Client.greeting(port)).isNull();
    await().atMost(DEADLINE).until(() -> greets("b"));
  }

  @Test
  @DisplayName("SIGTERM lets the open connection end; the exit code is 0, after a second one, too")
  void signals() throws Exception {
    serve("-p", "" + port, "-H", hosts(a));
    try (var client = Client.connect(port)) {
      client.line();
      failover.signal("TERM");
      failover.awaitErr("SIGTERM: draining 1 connection");
      assertThat(client.echo("still there")).isEqualTo("still there");
      failover.signal("TERM");

      assertThat(failover.awaitExit()).isZero();
    }
  }

  private void serve(String... flags) throws IOException {
    var args = new String[flags.length + 1];
    args[0] = "failover";
    System.arraycopy(flags, 0, args, 1, flags.length);
    failover = HoldfastProcess.start(args);
    failover.awaitErr("listening on ");
  }

  private String hosts(SampleBackend... backends) {
    return String.join(
        ",", Arrays.stream(backends).map(it -> "127.0.0.1:" + it.address().getPort()).toList());
  }

  private Path record() {
    return directory.resolve("record");
  }

  private String script(String name, String command) throws IOException {
    var file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + command + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file.toString();
  }

  private void meetFailure() throws IOException {
    assertThat(Client.greeting(port)).isNull();
  }

  private boolean greets(String backend) throws IOException {
    try {
      return ("Hello from " + backend + ".").equals(Client.greeting(port));
    } catch (SocketException refusedOrReset) {
      return false;
    }
  }

  private boolean connects(String address) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByName(address), port), 10_000);
      return true;
    } catch (ConnectException e) {
      return false;
    }
  }
}
