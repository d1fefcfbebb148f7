package dev.holdfast.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.health.probe.CheckKind.Exec;
import dev.holdfast.health.probe.CheckKind.Tcp;
import dev.holdfast.health.probe.ProbeResult.Failure;
import dev.holdfast.health.probe.ProbeResult.Kind;
import dev.holdfast.health.probe.ProbeResult.Success;
import dev.holdfast.health.reference.References;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ExecProbeTest {
  @TempDir private Path directory;
  private final ProbeBench bench = new ProbeBench(References.none());

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  @DisplayName("F13 The script gets the host and port as configured as its last argument")
  void argument() throws Exception {
    var seen = directory.resolve("seen");
    var script = script("echo \"$# $1 $2 $HOLDFAST_BACKEND\" >" + seen);
    assertThat(bench.run(new Exec(List.of(script, "--fast")), 5432)).isEqualTo(new Success());
    assertThat(Files.readString(seen)).isEqualTo("2 --fast db:5432 db:5432\n");
  }

  @Test
  @DisplayName("F13 Any exit code but 0, death by signal and failure to start are not usable")
  void notUsable() throws Exception {
    assertThat(bench.run(new Exec(List.of(script("echo replica lags >&2; exit 3"))), 1))
        .isEqualTo(new Failure(Kind.Unfit, "exit code 3: replica lags"));
    assertThat(bench.run(new Exec(List.of(script("kill -KILL $$"))), 1))
        .isEqualTo(new Failure(Kind.Unfit, "killed by signal 9"));
    assertThat(bench.run(new Exec(List.of("/nowhere/check.sh")), 1))
        .isEqualTo(new Failure(Kind.Other, "cannot start: /nowhere/check.sh does not exist"));
  }

  @Test
  @DisplayName("A script that hangs fails at the timeout")
  void hangs() throws Exception {
    assertThat(bench.run(new Exec(List.of(script("sleep 60"))), 1, Duration.ofMillis(200)))
        .isEqualTo(new Failure(Kind.Timeout, "no answer within 200ms"));
  }

  @Test
  @DisplayName("An IPv6 address is given in brackets")
  void ipv6() {
    assertThat(new Address("::1", 5432)).hasToString("[::1]:5432");
  }

  @Test
  @DisplayName("200 scripts that hang delay neither a TCP probe nor another script")
  void manySlowScripts() throws Exception {
    var slow = new Exec(List.of(script("exec sleep 60")));
    // a file that is open for writing while programs are started is busy for them
    var quick = new Exec(List.of(script("exit 0")));
    var hanging = new ArrayList<CompletableFuture<ProbeResult>>();
    for (int i = 0; i < 200; i++) {
      hanging.add(bench.probers.probe(slow, new Address("db", 1)).run(Duration.ofSeconds(50)));
    }
    try (var backend = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      assertThat(bench.run(new Tcp(0), backend.getLocalPort())).isEqualTo(new Success());
      assertThat(bench.run(quick, 1)).isEqualTo(new Success());
    }
    assertThat(hanging).noneMatch(CompletableFuture::isDone);
    hanging.forEach(run -> run.cancel(false));
  }

  private String script(String text) throws IOException {
    var file = Files.createTempFile(directory, "check", ".sh");
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file.toString();
  }
}
