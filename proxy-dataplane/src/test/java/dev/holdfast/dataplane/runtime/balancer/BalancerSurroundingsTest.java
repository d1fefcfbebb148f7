package dev.holdfast.dataplane.runtime.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.config.BalancedGroup;
import dev.holdfast.dataplane.config.BalancerConfig;
import dev.holdfast.dataplane.relay.RelayOptions;
import dev.holdfast.dataplane.relay.proxyprotocol.ProxyProtocol;
import dev.holdfast.dataplane.relay.proxyprotocol.ProxyProtocol.Accept;
import dev.holdfast.dataplane.relay.proxyprotocol.ProxyProtocol.Send;
import dev.holdfast.dataplane.runtime.SampleBackend;
import dev.holdfast.dataplane.runtime.SampleClient;
import dev.holdfast.dataplane.state.TableDirectory;
import dev.holdfast.dataplane.state.TableStore;
import dev.holdfast.dataplane.sticky.GroupState;
import dev.holdfast.dataplane.sticky.StickCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is around a balancer's work: its end and its next beginning, and what servers see of it. */
class BalancerSurroundingsTest {
  private final SampleBackend blue = SampleBackend.start("blue");
  private final SampleBackend blueToo = SampleBackend.start("blue-too");
  private final SampleBackend green = SampleBackend.start("green");
  private final SampleBackend greenToo = SampleBackend.start("green-too");
  private final List<Integer> ports = BalancerRig.freePorts();
  @TempDir private Path directory;

  @AfterEach
  void stop() {
    List.of(blue, blueToo, green, greenToo).forEach(SampleBackend::close);
  }

  private BalancedGroup blue() {
    return BalancerRig.group(1, GroupState.Active, ports, blue, blueToo);
  }

  private BalancedGroup green() {
    return BalancerRig.group(2, GroupState.Active, ports, green, greenToo);
  }

  private BalancerRig rig() {
    return new BalancerRig(ports, TableStore.none(), blue(), green()).open();
  }

  @Test
  @DisplayName("S26 Each client has its group's connection for itself, and takes it along")
  void noPool() throws Exception {
    try (var rig = rig()) {
      try (var one = new SampleClient(2, ports.get(0));
          var other = new SampleClient(2, ports.get(0))) {
        assertThat(one.line()).isEqualTo("blue");
        assertThat(other.line()).isEqualTo("blue");
        assertThat(blue.sessions()).isEqualTo(2);
        assertThat(one.echo("of one")).isEqualTo("of one");
        assertThat(other.echo("of the other")).isEqualTo("of the other");
      }
      rig.await(_ -> blue.sessions() == 0);
      assertThat(SampleClient.reached(2, ports.get(0))).isEqualTo("blue");
    }
  }

  @Test
  @DisplayName("S27 It ends smoothly: clients go on until they have gone, or their time is over")
  void drain() throws Exception {
    try (var rig = rig();
        var open = new SampleClient(2, ports.get(0))) {
      assertThat(open.line()).isEqualTo("blue");
      var drained = rig.service().drain().toCompletableFuture();
      assertThat(open.echo("still here")).isEqualTo("still here");
      assertThat(SampleClient.reached(2, ports.get(1))).isEqualTo("blue-too");
      drained.get(10, TimeUnit.SECONDS);
      assertThat(open.lineOrReset()).isNull();
    }
  }

  @Test
  @DisplayName("S27 Servers learn a client's own address, and its key is that address")
  void transparent() throws Exception {
    try (var rig = rig()) {
      var header = new ProxyProtocol(Accept.Never, Send.V1, List.of(), Duration.ZERO);
      rig.configure(withRelay(rig.config(), rig.config().relay().withProxyProtocol(header)));
      rig.await(_ -> firstLineSeen(2).startsWith("PROXY TCP4 127.0.0.2 127.0.0.1 "));
      rig.await(status -> status.entries().count() == 1);
    }
  }

  private static BalancerConfig withRelay(BalancerConfig config, RelayOptions relay) {
    return new BalancerConfig(
        config.key(),
        config.version(),
        config.groups(),
        config.stickiness(),
        config.balance(),
        config.whileNoGroup(),
        config.health(),
        relay,
        config.connectTimeout(),
        config.drainTimeout(),
        config.alone(),
        null);
  }

  /** By the server of a client that says nothing but one line. */
  private String firstLineSeen(int host) {
    try (var client = new SampleClient(host, ports.get(0))) {
      assertThat(client.line()).isEqualTo("blue");
      return client.echo("payload");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @DisplayName("S23 S27 What was known is known after a restart; a damaged file is kept aside")
  void restart() throws Exception {
    var groups = List.of(blue(), green());
    var array = groups.toArray(BalancedGroup[]::new);
    try (var rig = new BalancerRig(ports, TableDirectory.open(directory), array).open()) {
      assertThat(SampleClient.reached(2, ports.get(0))).isEqualTo("blue");
      assertThat(SampleClient.reached(3, ports.get(0))).isEqualTo("green");
      rig.apply(new StickCommand.Change(1, GroupState.Draining));
    }
    try (var rig = new BalancerRig(ports, TableDirectory.open(directory), array).open()) {
      assertThat(SampleClient.reached(3, ports.get(1))).isEqualTo("green-too");
      assertThat(SampleClient.reached(2, ports.get(1))).isEqualTo("blue-too");
      assertThat(rig.group(1).cause()).isEqualTo("Runtime");
    }
    var file = directory.resolve("StickyBalancer_default_games.table");
    var bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    try (var rig = new BalancerRig(ports, TableDirectory.open(directory), array).open()) {
      assertThat(rig.status().entries().count()).isZero();
      assertThat(rig.group(1).cause()).isEqualTo("Spec");
      assertThat(directory.resolve("StickyBalancer_default_games.table.corrupt")).exists();
    }
  }
}
