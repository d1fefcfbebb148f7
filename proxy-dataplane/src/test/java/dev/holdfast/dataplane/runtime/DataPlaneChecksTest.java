package dev.holdfast.dataplane.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.api.dataplane.DataPlaneStatus.BackendStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.Health;
import dev.holdfast.api.dataplane.DataPlaneStatus.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class DataPlaneChecksTest {
  @TempDir private Path directory;
  private final SampleBackend a = SampleBackend.start("a");
  private final SampleBackend b = SampleBackend.start("b");
  private final Rig rig = new Rig();

  @AfterEach
  void stop() {
    rig.close();
    a.close();
    b.close();
  }

  @Test
  @DisplayName("F4 F12 The script is asked after the connect; the first that passes both wins")
  void firstThatPasses() throws Exception {
    var closed = SampleBackend.start("closed");
    closed.close();
    var script = script("echo $1 >>calls; test $1 = 127.0.0.1:" + b.port());
    rig.running(Rig.backends(closed, a, b) + onSelection(script));
    assertThat(rig.primary()).isEqualTo("c/1");
    assertThat(SampleClient.reached(rig.port())).isEqualTo("b");
    assertThat(calls()).containsExactly("127.0.0.1:" + a.port(), "127.0.0.1:" + b.port());
    assertThat(backend("b").reason()).isEqualTo("check ok: exit code 1");
  }

  @Test
  @DisplayName("F10 Nobody is admitted while the script has not passed, and its end admits")
  void admittedAfterScript() throws Exception {
    var script = script("test -e pass");
    assertThat(
            rig.apply(
                Rig.backends(a)
                    + "selection: {retryBackoff: {initial: 100ms, max: 100ms}}\n"
                    + onSelection(script)))
        .isEmpty();
    rig.await(status -> status.backends().getFirst().health() == Health.Unhealthy);
    assertThat(rig.primary()).isEqualTo("none");
    Files.createFile(directory.resolve("pass"));
    rig.awaitPrimary("a/1");
    rig.awaitReached("a");
  }

  @Test
  @DisplayName("F19 With interval 0s the script is not repeated while connects work")
  void notRepeated() throws Exception {
    rig.running(Rig.backends(a, b) + onSelection(script("echo $1 >>calls")));
    SampleClient.reached(rig.port());
    await()
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(calls()).containsExactly("127.0.0.1:" + a.port()));
    a.close();
    assertThat(SampleClient.reached(rig.port())).isEqualTo("b");
    assertThat(rig.primary()).isEqualTo("b/2");
    assertThat(calls()).containsExactly("127.0.0.1:" + a.port(), "127.0.0.1:" + b.port());
  }

  @Test
  @DisplayName("A script that runs all the time takes a backend out that accepts and is sick")
  void periodic() throws Exception {
    var script = script("test ! -e sick || { test $1 = 127.0.0.1:" + b.port() + " || exit 4; }");
    rig.running(Rig.backends(a, b) + periodic("exec: {command: [" + script + "]}"));
    rig.await(status -> status.backends().getFirst().health() == Health.Healthy);
    Files.createFile(directory.resolve("sick"));
    rig.awaitPrimary("b/2");
    assertThat(rig.status().lastFailover().reason()).isEqualTo(Reason.CheckFailed);
    assertThat(backend("a").reason()).isEqualTo("check ok: exit code 4");
  }

  @Test
  @DisplayName("A proxy that starts waits for the first word of its checks, run once at a time")
  void firstWord() throws Exception {
    var script =
        script(
            "echo $1 >>calls; mkdir lock-$1 || exit 9; rmdir lock-$1; test $1 = 127.0.0.1:"
                + b.port());
    rig.running(Rig.backends(a, b) + periodic("exec: {command: [" + script + "]}"));
    assertThat(rig.primary()).isEqualTo("b/1");
    rig.await(status -> status.backends().get(1).health() == Health.Healthy);
    assertThat(backend("a").reason()).isEqualTo("check ok: exit code 1");
  }

  @Test
  @DisplayName("T11 All backends are checked at the start; one that fails starts as failed")
  void allAtStart() throws Exception {
    b.close();
    rig.running(Rig.backends(a, b) + "selection: {mode: FirstHealthy}\n" + periodic("tcp: {}"));
    rig.await(status -> backend("b").health() == Health.Unhealthy);
    assertThat(rig.primary()).isEqualTo("a/1");
    assertThat(backend("b").reason()).isEqualTo("check ok: connect refused");
  }

  @Test
  @DisplayName("T15 Without checks a failed backend is probed after its rest until it is back")
  void reprobed() throws Exception {
    rig.running(Rig.backends(a, b) + "selection: {mode: FirstHealthy, recheckInterval: 300ms}\n");
    var port = a.port();
    a.close();
    assertThat(SampleClient.reached(rig.port())).isEqualTo("b");
    try (var back = SampleBackend.start("a", port)) {
      rig.awaitPrimary("a/3");
      rig.awaitReached("a");
    }
  }

  @Test
  @DisplayName("A text that is expected decides, and what came instead is the reason")
  void sendExpect() throws Exception {
    rig.running(Rig.backends(a, b) + periodic("sendExpect: {expect: \"b\\n\"}"));
    assertThat(rig.primary()).isEqualTo("b/1");
    rig.await(status -> backend("a").health() == Health.Unhealthy);
    assertThat(backend("a").reason()).startsWith("check ok: no answer within");
  }

  @Test
  @DisplayName("A missing secret is named and fails its check only; other checks go on")
  void missingSecret() throws Exception {
    assertThat(
            rig.apply(
                Rig.backends(a)
                    + """
                    checks:
                    - {name: up, tcp: {}}
                    - name: web
                      http: {headersFrom: [{name: A, secretKeyRef: {name: s, key: k}}]}
                      fall: 1
                    """))
        .isEmpty();
    // on a slow machine the candidate may be given up before its check has run
    rig.await(status -> String.valueOf(status.backends().getFirst().reason()).contains("web"));
    assertThat(backend("a").reason())
        .isEqualTo(
            "check web: secret s, key k: this process was not told where to find it: start it with"
                + " --refs DIR");
    assertThat(rig.primary()).isEqualTo("none");
  }

  private BackendStatus backend(String name) {
    return rig.status().backends().stream()
        .filter(backend -> backend.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String onSelection(String script) {
    return "checks: [{name: ok, exec: {command: [" + script + "]}, interval: 0s}]\n";
  }

  private static String periodic(String kind) {
    return """
    checks: [{name: ok, %s, interval: 1s, timeout: 1s, fastInterval: 100ms, fall: 2}]
    """
        .formatted(kind);
  }

  private List<String> calls() throws IOException {
    var file = directory.resolve("calls");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private String script(String text) throws IOException {
    var file = directory.resolve("check.sh");
    Files.writeString(file, "#!/bin/sh\ncd " + directory + " || exit 99\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file.toString();
  }
}
