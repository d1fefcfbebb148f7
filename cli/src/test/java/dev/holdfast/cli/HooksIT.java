package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.cli.demo.SampleBackend;
import java.io.IOException;
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
class HooksIT {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  @TempDir Path directory;
  private SampleBackend a;
  private SampleBackend b;
  private int port;
  private Path log;
  private Path state;
  private HoldfastProcess run;

  @BeforeEach
  void prepare() throws IOException {
    a = new SampleBackend("a");
    b = new SampleBackend("b");
    port = Client.freePort();
    log = directory.resolve("log");
    state = directory.resolve("state");
  }

  @AfterEach
  void end() {
    if (run != null) {
      run.close();
    }
    a.close();
    b.close();
  }

  private Path script(String name, String... lines) throws IOException {
    var file = directory.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void start(String hook, String... more) throws IOException {
    var manifest =
        Manifests.relaying(port, a, b).replaceAll("(?m)^  checks:\n.*\n", "")
            + "  hooks: [%s]%n".formatted(hook);
    var args = new ArrayList<>(List.of("run", "--admin", "none"));
    args.addAll(List.of(more));
    args.add(Files.writeString(directory.resolve("pg.yaml"), manifest).toString());
    run = HoldfastProcess.start(args.toArray(String[]::new));
  }

  private void startDurable(Path hook) throws IOException {
    start("{name: h, exec: {command: [%s]}}".formatted(hook), "--state-dir", state.toString());
  }

  private void awaitLog(String... lines) {
    await()
        .atMost(DEADLINE)
        .until(() -> Files.exists(log) && Files.readAllLines(log).equals(List.of(lines)));
  }

  private void kill() throws Exception {
    run.signal("KILL");
    assertThat(run.awaitExit()).isEqualTo(137);
  }

  @Test
  @DisplayName(
      "After kill -9 hooks whose end is known do not run again, and the primary is resumed")
  void completed() throws Exception {
    var hook = script("h", "echo $HOLDFAST_TRIGGER $HOLDFAST_EPOCH $1 >>" + log);
    startDurable(hook);
    run.awaitErr("clients are admitted to a ");
    run.awaitErr("listening on \\[127.0.0.1]:" + port);
    a.stop();
    assertThat(Client.greeting(port)).isEqualTo("Hello from b.");
    var initial = "Initial 1 127.0.0.1:" + a.address().getPort();
    var failover = "Failover 2 127.0.0.1:" + b.address().getPort();
    awaitLog(initial, failover);
    kill();

    startDurable(hook);
    run.awaitErr("clients are admitted to b .*, epoch 2, Resumed");
    run.awaitErr("listening on \\[127.0.0.1]:" + port);
    assertThat(Client.greeting(port)).isEqualTo("Hello from b.");
    awaitLog(initial, failover);
  }

  @Test
  @DisplayName("After kill -9 in the middle of a hook it runs again, with the same epoch")
  void inTheMiddle() throws Exception {
    var hook =
        script(
            "h",
            "echo begun $HOLDFAST_TRIGGER $HOLDFAST_EPOCH >>" + log,
            "[ -e " + directory.resolve("go") + " ] || exec sleep 300",
            "echo ended $HOLDFAST_EPOCH >>" + log);
    startDurable(hook);
    awaitLog("begun Initial 1");
    kill();
    assertThat(run.err()).noneMatch(line -> line.contains("admitted"));

    Files.createFile(directory.resolve("go"));
    startDurable(hook);
    run.awaitErr("the hooks for a .*, epoch 1, Initial, had not ended .* they run again");
    run.awaitErr("clients are admitted to a .*, epoch 1, Initial");
    awaitLog("begun Initial 1", "begun Initial 1", "ended 1");
  }

  @Test
  @DisplayName("A corrupt state file is said, kept, and the hooks run again")
  void corrupt() throws Exception {
    var file = Files.createDirectory(state).resolve("FailoverProxy_default_pg.json");
    Files.writeString(file, "{\"format\":1,");
    startDurable(script("h", "echo $HOLDFAST_TRIGGER $HOLDFAST_EPOCH >>" + log));
    run.awaitErr("ERROR .* is not what was written .* it is kept as .*json.corrupt");
    run.awaitErr("clients are admitted to a .*, epoch 1, Initial");
    awaitLog("Initial 1");
    assertThat(Files.readString(file)).contains("\"hooksEnded\":true");
  }

  @Test
  @DisplayName("A state directory that cannot be written is refused, with the option that names it")
  void unwritable() throws Exception {
    Files.writeString(state, "a file");
    startDurable(script("h", "exit 0"));
    assertThat(run.awaitExit()).isEqualTo(1);
    assertThat(run.err()).singleElement().asString().contains("--state-dir", state.toString());
  }

  @Test
  @DisplayName("F28 The log tells every step of a failover, each in a line with its inputs")
  void told() throws Exception {
    var hook = script("h", "echo promoted; [ $HOLDFAST_EPOCH = 1 ] || exit 4");
    start(
        "{name: h, exec: {command: [%s]}}, {name: none, exec: {command: [%s]}}"
            .formatted(hook, directory.resolve("missing")));
    run.awaitErr("clients are admitted to a ");
    run.awaitErr("listening on \\[127.0.0.1]:" + port);
    a.stop();
    assertThat(Client.greeting(port)).isEqualTo("Hello from b.");
    b.stop();
    // who was led to b may know it before the port is open again
    try (var unlucky = Client.connectWithin(DEADLINE, port)) {
      assertThat(unlucky).isNotNull();
      run.awaitErr("WARN .*none of 2 backends is usable; trying again in 1000ms");
    }
    var dead = "127.0.0.1:" + a.address().getPort();
    var next = "127.0.0.1:" + b.address().getPort();

    for (var line :
        List.of(
            "selecting a primary: Initial \\(start\\), none before",
            "trying a \\(" + dead + "\\)",
            "primary is a \\(" + dead + "\\), epoch 1, Initial",
            "hook h runs for a \\(" + dead + "\\), epoch 1, Initial",
            "hook h ended with 0 after \\d+ms. It said: promoted$",
            "WARN .*hook none failed after \\d+ms: cannot start: .*missing.*; the failover goes on",
            "clients are admitted to a \\(" + dead + "\\), epoch 1, Initial",
            "listening on \\[127.0.0.1]:" + port,
            "a client's connect to a failed in epoch 1: connect refused",
            "selecting a primary: ConnectRefused \\(connect refused\\), left a",
            "not listening",
            "backend a was Unknown, is Unhealthy: connect refused|was Healthy, is Unhealthy",
            "candidate a discarded: connect refused",
            "trying b \\(" + next + "\\)",
            "primary is b \\(" + next + "\\), epoch 2, ConnectRefused",
            "hook h runs for b \\(" + next + "\\), epoch 2, Failover",
            "WARN .*hook h failed after \\d+ms: exit code 4; the failover goes on. It said: promo",
            "clients are admitted to b \\(" + next + "\\), epoch 2, ConnectRefused")) {
      run.awaitErr(line);
    }
  }
}
