package dev.holdfast.health.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.health.process.ProcessResult.CannotStart;
import dev.holdfast.health.process.ProcessResult.Exited;
import dev.holdfast.health.process.ProcessResult.Killed;
import dev.holdfast.health.process.ProcessResult.NoResources;
import dev.holdfast.health.process.ProcessResult.TimedOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProcessRunnerTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final ProcessRunner runner = new ProcessRunner();
  @TempDir private Path directory;
  private Scripts scripts;

  /** As process 1 of a container, this one then has to bury what scripts leave behind. */
  @BeforeAll
  static void adoptOrphans() {
    Subreaper.become();
  }

  @BeforeEach
  void scripts() {
    scripts = new Scripts(directory);
  }

  @AfterEach
  void stop() {
    runner.close();
  }

  @Test
  @DisplayName("A program gets its arguments untouched, the environment, and no input")
  void arguments() throws Exception {
    var script =
        scripts.write("show", "cat", "printf '[%s]' \"$@\"", "echo \" $HOLDFAST_BACKEND\"");
    var command =
        new ProcessCommand(
            List.of(script, "a b", "$HOME", "-x"), Map.of("HOLDFAST_BACKEND", "pg:5432"), LONG);
    assertThat(get(runner.run(command)))
        .isInstanceOfSatisfying(
            Exited.class,
            exited -> {
              assertThat(exited.code()).isZero();
              assertThat(exited.tail()).isEqualTo("[a b][$HOME][-x] pg:5432");
              assertThat(exited.took()).isPositive().isLessThan(LONG);
            });
  }

  @Test
  @DisplayName("The exit code and what was written last, to both outputs, are kept")
  void exitCode() throws Exception {
    var script = scripts.write("fails", "echo out", "echo err >&2", "exit 7");
    assertThat(run(script))
        .isInstanceOfSatisfying(
            Exited.class,
            exited -> {
              assertThat(exited.code()).isEqualTo(7);
              assertThat(exited.tail()).isEqualTo("out\nerr");
            });
  }

  @Test
  @DisplayName("Of long output the last 1 KiB is kept, and the program is not held up")
  void longOutput() throws Exception {
    var script =
        scripts.write(
            "long", "i=0", "while [ $i -lt 50000 ]; do echo \"line $i\"; i=$((i+1)); done");
    assertThat(run(script))
        .isInstanceOfSatisfying(
            Exited.class,
            exited -> {
              assertThat(exited.code()).isZero();
              assertThat(exited.tail()).endsWith("line 49999");
              assertThat(exited.tail().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(OutputTail.LIMIT);
            });
  }

  @Test
  @DisplayName("A death by signal is told as such")
  void signal() throws Exception {
    assertThat(run(scripts.write("dies", "kill -TERM $$")))
        .isInstanceOfSatisfying(Killed.class, killed -> assertThat(killed.signal()).isEqualTo(15));
  }

  @Test
  @DisplayName("At the timeout a script that forks and ignores SIGTERM is gone with its children")
  void ignoresSigterm() throws Exception {
    var pids = directory.resolve("pids");
    var script =
        scripts.write(
            "stubborn",
            "trap '' TERM HUP INT",
            "(trap '' TERM HUP; while :; do sleep 60; done) &",
            "echo $$ $! >" + pids,
            "echo waiting",
            "while :; do sleep 60; done");
    var timeout = Duration.ofSeconds(2);
    assertThat(get(runner.run(command(script, timeout))))
        .isEqualTo(new TimedOut(timeout, "waiting"));
    for (var pid : Files.readString(pids).strip().split(" ")) {
      await().until(() -> !alive(Long.parseLong(pid)));
    }
  }

  @Test
  @DisplayName("Children that a script leaves behind do not hold up its result and are ended")
  void leftBehind() throws Exception {
    var child = directory.resolve("child");
    var script = scripts.write("leaves", "sleep 300 &", "echo $! >" + child, "echo done");
    var started = System.nanoTime();
    assertThat(run(script))
        .isInstanceOfSatisfying(
            Exited.class, exited -> assertThat(exited.tail()).isEqualTo("done"));
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
    var orphan = Long.parseLong(Files.readString(child).strip());
    await().until(() -> !alive(orphan));
  }

  @Test
  @DisplayName("A child in a session of its own that keeps the output does not hold up the result")
  void daemon() throws Exception {
    var child = directory.resolve("child");
    var script =
        scripts.write(
            "daemon",
            "setsid sh -c 'echo $$ >" + child + "; exec sleep 300' &",
            "while [ ! -s " + child + " ]; do sleep 0.02; done",
            "echo done");
    assertThat(run(script))
        .isInstanceOfSatisfying(
            Exited.class, exited -> assertThat(exited.tail()).isEqualTo("done"));
    var gotAway = Long.parseLong(Files.readString(child).strip());
    assertThat(alive(gotAway)).isTrue();
    ProcessHandle.of(gotAway).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  @DisplayName("A script that closes its output and goes on is still ended at its timeout")
  void closesOutput() throws Exception {
    var script = scripts.write("closes", "exec >&- 2>&-", "sleep 300");
    assertThat(get(runner.run(command(script, Duration.ofMillis(300)))))
        .isEqualTo(new TimedOut(Duration.ofMillis(300), ""));
  }

  @Test
  @DisplayName("Cancelling kills the program")
  void cancelled() throws Exception {
    var script = scripts.write("cancelled", "sleep 300");
    var run = runner.run(command(script, LONG));
    var process = await().until(() -> childOfThisProcess(script), found -> !found.isEmpty());
    run.cancel(false);
    await().until(() -> process.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  @DisplayName("What cannot be started says why, and what to do")
  void cannotStart() throws Exception {
    var text = directory.resolve("text");
    Files.writeString(text, "not a program");
    var wrong = scripts.write("wrong", "exit 0");
    Files.writeString(Path.of(wrong), "#!/opt/nothing/bash -e\nexit 0\n");
    assertThat(run("/nowhere/check.sh"))
        .isEqualTo(new CannotStart("/nowhere/check.sh does not exist"));
    assertThat(run(directory.toString())).isEqualTo(new CannotStart(directory + " is not a file"));
    assertThat(run(text.toString()))
        .isEqualTo(new CannotStart(text + " is not executable: set its mode to 0755"));
    assertThat(run(wrong))
        .isEqualTo(
            new CannotStart(
                wrong + " wants /opt/nothing/bash in its first line, which is not there"));
    assertThat(run("no-such-program"))
        .isInstanceOfSatisfying(
            CannotStart.class,
            cannot ->
                assertThat(cannot.reason())
                    .startsWith("program no-such-program was not found on PATH "));
  }

  @Test
  @DisplayName("When all places are taken, waiting ends at one's own deadline and says so")
  void full() throws Exception {
    var hanging = scripts.write("hangs", "exec sleep 300");
    for (int i = 0; i < ProcessRunner.PLACES; i++) {
      var _ = runner.run(command(hanging, LONG));
    }
    assertThat(get(runner.run(command("true", Duration.ofMillis(200)))))
        .isEqualTo(
            new NoResources(
                "no free place within 200ms: " + ProcessRunner.PLACES + " programs were running"));
  }

  @Test
  @DisplayName("Many runs leave no descriptor and no process behind, not even a dead one")
  void noLeak() throws Exception {
    get(runner.run(command("true", LONG)));
    var before = descriptors();
    var childrenBefore = ProcessHandle.current().children().toList();
    var script = scripts.write("short", "sleep 300 &", "echo done");
    for (int round = 0; round < 5; round++) {
      var runs = new ArrayList<CompletableFuture<ProcessResult>>();
      for (int i = 0; i < 20; i++) {
        runs.add(runner.run(command(script, LONG)));
      }
      for (var run : runs) {
        assertThat(get(run)).isInstanceOf(Exited.class);
      }
    }
    await().untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(before));
    await()
        .untilAsserted(
            () -> assertThat(ProcessHandle.current().children()).isSubsetOf(childrenBefore));
  }

  @Test
  @DisplayName("Closing ends what runs, and what comes later is refused")
  void closed() throws Exception {
    var script = scripts.write("closed", "sleep 300");
    var run = runner.run(command(script, LONG));
    var process = await().until(() -> childOfThisProcess(script), found -> !found.isEmpty());
    runner.close();
    assertThat(get(run)).isEqualTo(new CannotStart("ended: this process is shutting down"));
    await().until(() -> process.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(run("true")).isEqualTo(new CannotStart("this process is shutting down"));
  }

  private ProcessResult run(String program) throws Exception {
    return get(runner.run(command(program, LONG)));
  }

  private static ProcessCommand command(String program, Duration timeout) {
    return new ProcessCommand(List.of(program), Map.of(), timeout);
  }

  private static ProcessResult get(CompletableFuture<ProcessResult> run) throws Exception {
    return run.get(40, TimeUnit.SECONDS);
  }

  private static List<ProcessHandle> childOfThisProcess(String program) {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().commandLine().orElse("").contains(program))
        .filter(child -> !child.info().command().orElse("").contains("setsid"))
        .toList();
  }

  private static boolean alive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  private static long descriptors() throws IOException {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}
