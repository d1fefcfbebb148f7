package dev.holdfast.dataplane.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.dataplane.DataPlaneStatus.HookRun;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.api.dataplane.DataPlaneStatus.Reason;
import dev.holdfast.dataplane.failover.SwitchAnswer;
import dev.holdfast.dataplane.metrics.PrometheusReader;
import dev.holdfast.dataplane.metrics.PrometheusText;
import dev.holdfast.dataplane.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class DataPlaneHooksIT {
  @TempDir private Path directory;
  private final SampleBackend a = SampleBackend.start("a");
  private final SampleBackend b = SampleBackend.start("b");
  private Path log;
  private Rig rig = new Rig();

  @BeforeEach
  void prepare() {
    log = directory.resolve("log");
  }

  @AfterEach
  void stop() {
    rig.close();
    a.close();
    b.close();
  }

  /** Its lines of shell, and at the end a line in the log: trigger, epoch, backends. */
  private Path script(String name, String lines) throws IOException {
    var ending =
        "echo \"$HOLDFAST_TRIGGER $HOLDFAST_EPOCH $HOLDFAST_OLD_BACKEND>$HOLDFAST_BACKEND\" >>"
            + log;
    var file = directory.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + lines + "\n" + ending + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  private String spec(String hooks, String more) {
    return Rig.backends(a, b) + "hooks:\n" + hooks.indent(2) + more;
  }

  private static String hook(String name, Path program, String more) {
    return "- {name: %s, exec: {command: [%s]}, timeout: 20s%s}%n".formatted(name, program, more);
  }

  private List<String> logged() throws IOException {
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  private void awaitLogged(int lines) {
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> logged().size() >= lines);
  }

  @Test
  @DisplayName("F14 No client is accepted before the last hook ended, then the primary is told")
  void beforeAdmission() throws Exception {
    var go = directory.resolve("go");
    var waits = script("waits", "while [ ! -e " + go + " ]; do sleep 0.05; done");
    rig.apply(spec(hook("first", waits, "") + hook("last", script("last", ""), ""), ""));
    rig.await(status -> status.listener().state() == Listener.State.Closed);
    assertThat(rig.status().primary()).isNull();
    assertThat(rig.plane.ready()).isFalse();

    Files.createFile(go);
    rig.awaitPrimary("a/1");
    assertThat(logged()).containsExactly("Initial 1 >a", "Initial 1 >a");
    rig.awaitReached("a");
    assertThat(rig.heard)
        .filteredOn(status -> status.listener().state() == Listener.State.Open)
        .allMatch(status -> Rig.is(status, "a", 1));
  }

  @Test
  @DisplayName("F15 Hooks run at the first selection and at each change they are for, once")
  void eachChange() throws Exception {
    var all = hook("all", script("all", ""), "");
    var some = hook("some", script("some", "echo -n some:>>" + log), ", when: [Failover]");
    rig.running(spec(all + some, ""));
    var port = a.port();
    a.close();
    assertThat(SampleClient.reached(rig.port())).isEqualTo("b");
    rig.awaitPrimary("b/2");
    try (var back = SampleBackend.start("a", port)) {
      assertThat(rig.switchTo("a", true)).isEqualTo(new SwitchAnswer.HooksRunning(3));
      rig.awaitPrimary("a/3");
    }
    assertThat(logged())
        .containsExactly(
            "Initial 1 >a", "Failover 2 a>b", "some:Failover 2 a>b", "Switchover 3 b>a");
    assertThat(rig.status().lastFailover().reason()).isEqualTo(Reason.Switchover);
  }

  @Test
  @DisplayName(
      "F17 A failing hook is reported in status and metrics and does not stop the failover")
  void failing() throws Exception {
    var failing = script("failing", "echo what I found; exit 3");
    var missing = directory.resolve("missing");
    rig.running(spec(hook("failing", failing, "") + hook("missing", missing, ""), ""));
    rig.awaitReached("a");

    var failover = rig.status().lastFailover();
    assertThat(failover.from()).isNull();
    assertThat(failover.hooks()).extracting(HookRun::name).containsExactly("failing", "missing");
    var run = failover.hooks().getFirst();
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.failure()).isEqualTo("exit code 3");
    assertThat(run.output()).isEqualTo("what I found");
    assertThat(failover.hooks().getLast().failure()).contains(missing.toString());
    var metrics = new PrometheusText();
    rig.plane.metrics().forEach(source -> source.collect(metrics));
    assertThat(PrometheusReader.read(metrics.toString()))
        .containsEntry(
            new PrometheusReader.Series(
                "holdfast_failover_hook_runs_total",
                Map.of("resource", "default/db", "hook", "failing", "result", "failed")),
            1.0);
  }

  @Test
  @DisplayName("F17 Abort: the next backend is chosen, in an epoch of its own, and both are told")
  void abort() throws Exception {
    var picky = script("picky", "[ $HOLDFAST_BACKEND = b ] || exit 1");
    rig.running(spec(hook("picky", picky, ", onFailure: Abort"), ""));
    assertThat(rig.primary()).isEqualTo("b/2");
    assertThat(rig.status().lastFailover().hooks())
        .extracting(HookRun::backend)
        .containsExactly("a", "b");
    assertThat(rig.status().backends().getFirst().reason()).isEqualTo("hook picky: exit code 1");
  }

  @Test
  @DisplayName("A hook that hangs and ignores SIGTERM is killed, and the failover proceeds")
  void hangs() throws Exception {
    var stubborn =
        script("stubborn", "trap '' TERM; echo held up; (sleep 300)& while :; do sleep 1; done");
    rig.running(spec(hook("stubborn", stubborn, "").replace("20s", "700ms"), ""));
    rig.awaitReached("a");
    var run = rig.status().lastFailover().hooks().getFirst();
    assertThat(run.timedOut()).isTrue();
    assertThat(run.exitCode()).isEqualTo(-1);
    assertThat(run.output()).isEqualTo("held up");
  }

  @Test
  @DisplayName("A choice that is given up while its hooks run ends them: nobody is admitted to it")
  void givenUp() throws Exception {
    var endless = script("endless", "[ $HOLDFAST_BACKEND = b ] || { touch begun; sleep 300; }");
    Files.writeString(
        endless,
        Files.readString(endless).replace("touch begun", "touch " + directory.resolve("begun")));
    rig.apply(spec(hook("endless", endless, ""), ""));
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> Files.exists(directory.resolve("begun")));
    assertThat(rig.switchTo("b", true)).isEqualTo(new SwitchAnswer.HooksRunning(2));
    rig.awaitPrimary("b/2");
    assertThat(rig.heard).noneMatch(status -> Rig.is(status, "a", 1));
    assertThat(logged()).containsExactly("Switchover 2 >b");
  }

  private void restart() throws IOException {
    rig.close();
    rig = new Rig(StateDirectory.open(directory.resolve("state")));
  }

  @Test
  @DisplayName("Hooks of an epoch that ended do not run again after a restart")
  void durable() throws Exception {
    restart();
    var hooks = spec(hook("all", script("all", ""), ""), "");
    rig.running(hooks);
    a.stopListening();
    assertThat(SampleClient.reached(rig.port())).isEqualTo("b");
    rig.awaitPrimary("b/2");
    awaitLogged(2);

    restart();
    rig.running(hooks);
    assertThat(rig.primary()).isEqualTo("b/2");
    assertThat(rig.status().primary().reason()).isEqualTo(Reason.Resumed);
    assertThat(logged()).containsExactly("Initial 1 >a", "Failover 2 a>b");
  }

  @Test
  @DisplayName("Hooks that were cut short run again in the same epoch after a restart")
  void cutShort() throws Exception {
    restart();
    var once = directory.resolve("once");
    var cut = script("cut", "[ -e " + once + " ] || { touch " + once + "; sleep 300; }");
    rig.apply(spec(hook("cut", cut, ""), ""));
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(once));

    restart();
    rig.running(spec(hook("cut", cut, ""), ""));
    assertThat(rig.primary()).isEqualTo("a/1");
    assertThat(logged()).containsExactly("Initial 1 >a");
  }
}
