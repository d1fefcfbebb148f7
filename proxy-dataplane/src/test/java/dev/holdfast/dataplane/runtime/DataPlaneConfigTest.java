package dev.holdfast.dataplane.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.manifest.Manifest;
import dev.holdfast.manifest.Problem;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DataPlaneConfigTest {
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
  @DisplayName("A hot change drops no connection, and leaves primary and epoch as they are")
  void hotChange() throws Exception {
    rig.running(Rig.backends(a));
    try (var session = new SampleClient(rig.port())) {
      assertThat(session.line()).isEqualTo("a");
      assertThat(rig.apply(Rig.backends(a, b) + "connections: {idleTimeout: 1h}\n")).isEmpty();
      rig.await(status -> status.backends().size() == 2);
      assertThat(session.echo("still here")).isEqualTo("still here");
      assertThat(rig.primary()).isEqualTo("a/1");
    }
  }

  @Test
  @DisplayName("Taking the primary out moves new clients; a session to it goes on under Keep")
  void primaryRemoved() throws Exception {
    rig.running(Rig.backends(a, b));
    try (var session = new SampleClient(rig.port())) {
      assertThat(session.line()).isEqualTo("a");
      rig.apply("backends: [{name: b, host: 127.0.0.1, port: %d}]%n".formatted(b.port()));
      rig.awaitPrimary("b/2");
      assertThat(session.echo("still here")).isEqualTo("still here");
      rig.awaitReached("b");
    }
  }

  @Test
  @DisplayName("A refused configuration is named in the status while the last good one goes on")
  void refused() throws Exception {
    rig.apply("u", 4, Rig.backends(a));
    rig.awaitPrimary("a/1");
    var problems =
        rig.apply("u", 5, Rig.backends(b) + "discovery: {service: {name: s, port: 1}}\n");
    assertThat(problems).extracting(Problem::field).containsExactly("spec.discovery");
    rig.await(status -> status.refused() != null);
    assertThat(rig.status().refused().generation()).isEqualTo(5);
    assertThat(rig.status().generation()).isEqualTo(4);
    assertThat(rig.plane.ready()).isTrue();
    rig.awaitReached("a");

    assertThat(rig.apply("u", 6, Rig.backends(a, b))).isEmpty();
    rig.await(status -> status.refused() == null && status.generation() == 6);
  }

  @Test
  @DisplayName("The very first configuration, when refused, is named in the status, too")
  void refusedAtFirst() {
    rig.apply("u", 4, Rig.backends(a) + "discovery: {service: {name: s, port: 1}}\n");
    assertThat(rig.status().generation()).isZero();
    assertThat(rig.status().refused().generation()).isEqualTo(4);
    assertThat(rig.status().refused().problems())
        .singleElement()
        .asString()
        .contains("spec.discovery");

    assertThat(rig.apply("u", 5, Rig.backends(a))).isEmpty();
    rig.await(status -> status.refused() == null && status.generation() == 5);
  }

  @Test
  @DisplayName("A resource that never ran is forgotten with its manifest")
  void refusedAndGone() {
    rig.apply("u", 4, Rig.backends(a) + "discovery: {service: {name: s, port: 1}}\n");
    assertThat(rig.plane.status().all()).hasSize(1);
    rig.plane.apply(List.of());
    assertThat(rig.plane.status().all()).isEmpty();
  }

  @Test
  @DisplayName("A lower generation of the same uid is ignored; another uid begins anew")
  void generations() {
    rig.apply("u", 4, Rig.backends(a));
    rig.awaitPrimary("a/1");
    assertThat(rig.apply("u", 3, Rig.backends(b))).isEmpty();
    assertThat(rig.apply("v", 1, Rig.backends(a, b))).isEmpty();
    rig.await(status -> status.generation() == 1);
    assertThat(rig.heard).extracting(DataPlaneStatus::generation).doesNotContain(3L);
    assertThat(rig.status().backends()).hasSize(2);
  }

  @Test
  @DisplayName("The floor in the manifest is resumed at its epoch")
  void floor() {
    var manifest = Rig.manifest("u", 4, Rig.backends(a, b));
    manifest.tree().putObject("status").putObject("primary").put("name", "b").put("epoch", 7);
    rig.plane.apply(List.of(manifest));
    rig.awaitPrimary("b/7");
  }

  @Test
  @DisplayName("Nothing is ready before a configuration runs, nor one that is refused at first")
  void ready() {
    assertThat(rig.plane.ready()).isFalse();
    assertThat(rig.apply(Rig.backends(a) + "discovery: {service: {name: s, port: 1}}\n"))
        .hasSize(1);
    assertThat(rig.plane.ready()).isFalse();
    assertThat(rig.apply(Rig.backends(a))).isEmpty();
    await().atMost(Duration.ofSeconds(15)).until(rig.plane::ready);
    assertThat(rig.status().primary()).isNotNull();
    assertThat(rig.status().listener().state()).isEqualTo(Listener.State.Open);
  }

  @Test
  @DisplayName("Ready does not mean having a primary: finding no backend usable is an answer, too")
  void readyWithoutPrimary() {
    a.close();
    rig.apply(Rig.backends(a));
    await().atMost(Duration.ofSeconds(15)).until(rig.plane::ready);
    assertThat(rig.status().primary()).isNull();
  }

  @Test
  @DisplayName("A kind that is not known is refused by name")
  void unknownKind() {
    var manifest = Rig.manifest(null, 0, Rig.backends(a));
    var other = new Manifest("Gateway", "default", "x", null, 0, manifest.file(), manifest.tree());
    assertThat(rig.plane.apply(List.of(other)))
        .extracting(Problem::message)
        .containsExactly("NotSupported: running a Gateway is not built yet, take it out");
  }

  @Test
  @DisplayName(
      "F29 A lone data plane that drains is ready and serves new clients until the last end")
  void drainAlone() throws Exception {
    rig.running(Rig.backends(a));
    var port = rig.port();
    try (var session = new SampleClient(port)) {
      assertThat(session.line()).isEqualTo("a");
      var drained = rig.plane.drain().toCompletableFuture();
      assertThat(rig.plane.ready()).isTrue();
      assertThat(SampleClient.reached(port)).isEqualTo("a");
      assertThat(session.echo("still here")).isEqualTo("still here");
      assertThat(drained).isNotDone();
      session.close();
      drained.get(10, TimeUnit.SECONDS);
      await()
          .untilAsserted(() ->
              assertThatThrownBy(() -> SampleClient.reached(port))
                  .isInstanceOf(ConnectException.class));
    }
  }

  @Test
  @DisplayName(
      "F29 One of two replicas that drains is not ready at once, and serves who still comes")
  void drainOneOfTwo() throws Exception {
    var spec = Rig.backends(a) + "replicas: 2\nagreement: {mode: None}\n";
    assertThat(rig.apply("uid", 1, spec)).isEmpty();
    await().atMost(Duration.ofSeconds(15)).until(rig.plane::ready);
    try (var session = new SampleClient(rig.port())) {
      assertThat(session.line()).isEqualTo("a");
      var drained = rig.plane.drain().toCompletableFuture();
      assertThat(rig.plane.ready()).isFalse();
      assertThat(SampleClient.reached(rig.port())).isEqualTo("a");
      session.close();
      drained.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  @DisplayName("A drain cuts what is left at its timeout")
  void drainTimeout() throws Exception {
    rig.running(Rig.backends(a) + "shutdown: {drainTimeout: 200ms}\n");
    try (var session = new SampleClient(rig.port())) {
      assertThat(session.line()).isEqualTo("a");
      rig.plane.drain().toCompletableFuture().get(10, TimeUnit.SECONDS);
      assertThat(session.lineOrReset()).isNull();
    }
  }

  @Test
  @DisplayName("A resource that is taken out vanishes from status and metrics, and drains")
  void removed() throws Exception {
    rig.running(Rig.backends(a));
    try (var session = new SampleClient(rig.port())) {
      assertThat(session.line()).isEqualTo("a");
      assertThat(rig.plane.apply(List.of())).isEmpty();
      await().atMost(Duration.ofSeconds(5)).until(() -> rig.plane.status().all().isEmpty());
      assertThat(rig.plane.metrics()).isEmpty();
      assertThat(session.echo("still here")).isEqualTo("still here");
    }
  }

  @Test
  @DisplayName("Each change is told once and in order: the generations and epochs never go back")
  void toldOnce() throws Exception {
    rig.running(Rig.backends(a, b));
    a.close();
    assertThat(SampleClient.reached(rig.port())).isEqualTo("b");
    rig.awaitPrimary("b/2");
    assertThat(rig.heard)
        .filteredOn(status -> status.primary() != null)
        .extracting(status -> status.primary().epoch())
        .isSorted()
        .endsWith(2L);
    for (int i = 1; i < rig.heard.size(); i++) {
      assertThat(rig.heard.get(i)).isNotEqualTo(rig.heard.get(i - 1));
    }
  }
}
