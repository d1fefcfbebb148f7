package dev.holdfast.dataplane.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.holdfast.dataplane.failover.HookPlan.Trigger;
import dev.holdfast.dataplane.hooks.HookRunner.Report;
import dev.holdfast.health.probe.Timers;
import dev.holdfast.health.process.ProcessRunner;
import dev.holdfast.health.reference.References;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HookRunnerIT {
  @TempDir private Path directory;
  private final ProcessRunner processes = new ProcessRunner();
  private final HookRunner runner = new HookRunner(processes, References.none(), new RealTime());

  private record RealTime() implements Timers {
    @Override
    public Instant now() {
      return Instant.ofEpochMilli(System.nanoTime() / 1_000_000);
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
      throw new UnsupportedOperationException("not needed");
    }
  }

  @AfterEach
  void stop() {
    processes.close();
  }

  private Report run(Hook... hooks) throws Exception {
    var report = new CompletableFuture<Report>();
    runner.run(List.of(hooks), Changes.FAILOVER, () -> true, report::complete);
    return report.get(30, TimeUnit.SECONDS);
  }

  private Path script(String name, String... lines) throws IOException {
    return Script.write(directory.resolve(name), lines);
  }

  private String written(String name) throws IOException {
    return Files.readString(directory.resolve(name));
  }

  @Test
  @DisplayName("F14 A hook gets host:port as last argument, and the change in its environment")
  void told() throws Exception {
    var script =
        script(
            "tell",
            "echo \"$@\"",
            "echo $HOLDFAST_RESOURCE $HOLDFAST_EPOCH $HOLDFAST_TRIGGER",
            "echo $HOLDFAST_BACKEND $HOLDFAST_OLD_BACKEND");
    var action = new HookAction.Exec(List.of(script.toString(), "--now"));
    var report = run(Changes.hook("tell", action, Duration.ofSeconds(20), true));

    assertThat(report.aborted()).isNull();
    var run = report.runs().getFirst();
    assertThat(run.output()).isEqualTo("--now b.db:5432\nshop/db 7 Failover\nb a");
    assertThat(run.code()).isZero();
    assertThat(run.succeeded()).isTrue();
    assertThat(run.backend()).isEqualTo("b");
  }

  @Test
  @DisplayName("Hooks run one after another; those that are not for this change do not run")
  void inOrder() throws Exception {
    var log = directory.resolve("log");
    var slow = script("slow", "sleep 0.2; echo slow >>" + log);
    var quick = script("quick", "echo quick >>" + log);
    var other =
        new Hook(
            "other",
            Set.of(Trigger.Initial, Trigger.Switchover),
            new HookAction.Exec(List.of(quick.toString())),
            Duration.ofSeconds(5),
            true);
    var report = run(Changes.exec("slow", slow, true), other, Changes.exec("quick", quick, true));

    assertThat(report.runs()).extracting(HookRun::hook).containsExactly("slow", "quick");
    assertThat(written("log")).isEqualTo("slow\nquick\n");
  }

  @Test
  @DisplayName("F16 A directory: its files and links to files, byte-wise, no directories below it")
  void files() throws Exception {
    var hooks = Files.createDirectory(directory.resolve("triggers.d"));
    var log = directory.resolve("log");
    for (var name : new String[] {"10-b", "9-a", "B", "a", "é"}) {
      Script.write(hooks.resolve(name), "echo " + name + " $1 >>" + log);
    }
    Files.createSymbolicLink(hooks.resolve("C"), script("linked", "echo C $1 >>" + log));
    Script.write(Files.createDirectory(hooks.resolve("below")).resolve("no"), "echo no >>" + log);
    Files.createSymbolicLink(hooks.resolve("Z"), hooks.resolve("below"));
    Files.createSymbolicLink(hooks.resolve("dangling"), hooks.resolve("nothing"));

    assertThat(run(Changes.exec("all", hooks, true)).aborted()).isNull();
    assertThat(written("log").lines().map(line -> line.replace(" b.db:5432", "")))
        .containsExactly("10-b", "9-a", "B", "C", "a", "é");
  }

  @Test
  @DisplayName("F17 A failing file of a directory is told of, and the ones after it run")
  void failingFile() throws Exception {
    var hooks = Files.createDirectory(directory.resolve("triggers.d"));
    var log = directory.resolve("log");
    Script.write(hooks.resolve("1"), "echo went wrong; exit 3");
    Script.write(hooks.resolve("2"), "echo two >>" + log);

    var report = run(Changes.exec("all", hooks, false));
    assertThat(report.aborted()).isNull();
    assertThat(report.runs())
        .extracting(HookRun::code, HookRun::why, HookRun::output)
        .containsExactly(tuple(3, "exit code 3", "went wrong"));
    assertThat(written("log")).isEqualTo("two\n");
  }

  @Test
  @DisplayName("Abort: after a failure nothing more runs, neither a hook nor a file")
  void abort() throws Exception {
    var hooks = Files.createDirectory(directory.resolve("triggers.d"));
    var log = directory.resolve("log");
    Script.write(hooks.resolve("1"), "exit 1");
    Script.write(hooks.resolve("2"), "echo two >>" + log);
    var next = script("next", "echo next >>" + log);

    var report = run(Changes.exec("all", hooks, true), Changes.exec("next", next, false));
    assertThat(report.aborted()).isNotNull();
    assertThat(report.aborted().hook()).isEqualTo("all");
    assertThat(report.runs()).hasSize(1);
    assertThat(log).doesNotExist();
  }

  @Test
  @DisplayName("F17 A program that is missing or not executable fails with what was found")
  void cannotStart() throws Exception {
    var missing = directory.resolve("missing");
    var plain = Files.writeString(directory.resolve("plain"), "#!/bin/sh\n");
    var report = run(Changes.exec("one", missing, false), Changes.exec("two", plain, false));

    assertThat(report.aborted()).isNull();
    assertThat(report.runs()).extracting(HookRun::code).containsOnly(-1);
    assertThat(report.runs()).extracting(HookRun::timedOut).containsOnly(false);
    assertThat(report.runs().getFirst().why()).contains("cannot start", missing.toString());
    assertThat(report.runs().getLast().why()).contains("cannot start", plain.toString());
  }

  @Test
  @DisplayName("A hook that forks and ignores SIGTERM is gone with its children at its timeout")
  void ignoresSigterm() throws Exception {
    var pids = directory.resolve("pids");
    var script =
        script(
            "stubborn",
            "trap '' TERM HUP INT",
            "(trap '' TERM HUP INT; sleep 300 & echo $! >>" + pids + "; wait) &",
            "echo $! >>" + pids,
            "echo $$ >>" + pids,
            "echo still here",
            "while :; do sleep 1; done");
    var action = new HookAction.Exec(List.of(script.toString()));
    var report = run(Changes.hook("stubborn", action, Duration.ofSeconds(2), false));

    assertThat(report.runs())
        .singleElement()
        .satisfies(run -> {
          assertThat(run.timedOut()).isTrue();
          assertThat(run.code()).isEqualTo(-1);
          assertThat(run.output()).isEqualTo("still here");
          assertThat(run.took()).isBetween(Duration.ofMillis(1900), Duration.ofSeconds(20));
        });
    var all = Files.readAllLines(pids).stream().map(Long::valueOf).toList();
    assertThat(all).hasSize(3);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> all.stream().noneMatch(HookRunnerIT::isRunning));
  }

  @Test
  @DisplayName("Cancelled hooks are killed, the next ones are not begun, and no end is reported")
  void cancelled() throws Exception {
    var pid = directory.resolve("pid");
    var endless =
        script("long", "echo $$ >" + pid + ".new; mv " + pid + ".new " + pid, "sleep 300");
    var next = script("next", "touch " + directory.resolve("begun"));
    var report = new CompletableFuture<Report>();
    var running =
        runner.run(
            List.of(Changes.exec("long", endless, false), Changes.exec("next", next, false)),
            Changes.FAILOVER,
            () -> true,
            report::complete);
    await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(pid));
    var number = Long.parseLong(written("pid").strip());
    assertThat(isRunning(number)).isTrue();

    running.cancel();
    await().atMost(Duration.ofSeconds(10)).until(() -> !isRunning(number));
    assertThat(report).isNotDone();
    assertThat(directory.resolve("begun")).doesNotExist();
  }

  /** A zombie that nobody has waited for yet runs no more. */
  private static boolean isRunning(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException gone) {
      return false;
    }
  }
}
