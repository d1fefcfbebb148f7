package dev.holdfast.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.health.probe.ProbeResult.Failure;
import dev.holdfast.health.probe.ProbeResult.Kind;
import io.netty.channel.ChannelException;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TcpProberTest {
  private static final Duration LONG = Duration.ofSeconds(10);
  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  @AfterEach
  void stop() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  @Test
  @DisplayName("A listening backend passes, and sees the probe's connection end")
  void success() throws Exception {
    try (var backend = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      var result = probe(Names.of("db", "127.0.0.1"), "db", backend.getLocalPort(), LONG);
      assertThat(result).isEqualTo(new ProbeResult.Success());
      backend.setSoTimeout(5000);
      try (var seen = backend.accept()) {
        seen.setSoTimeout(5000);
        assertThat(seen.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  @DisplayName("Nobody is asked where an address is")
  void address() throws Exception {
    try (var backend = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      var result = probe(Names.silent(), "127.0.0.1", backend.getLocalPort(), LONG);
      assertThat(result).isEqualTo(new ProbeResult.Success());
    }
  }

  @Test
  @DisplayName("A closed port is refused")
  void refused() throws Exception {
    var result = probe(Names.of("db", "127.0.0.1"), "db", closedPort(), LONG);
    assertThat(result).isEqualTo(new Failure(Kind.Refused, "connect refused"));
  }

  @Test
  @DisplayName("A name that nobody knows is an unknown host, and is named")
  void unknownHost() throws Exception {
    var result = probe(Names.none(), "nowhere", 1, LONG);
    assertThat(result).isEqualTo(new Failure(Kind.UnknownHost, "unknown host nowhere"));
  }

  @Test
  @DisplayName("T2 A name server that never answers ends at half of the timeout, and is told")
  void silentResolver() throws Exception {
    var result = probe(Names.silent(), "db", 1, Duration.ofSeconds(2));
    assertThat(result)
        .isEqualTo(new Failure(Kind.Timeout, "no name server answered for db within 1000ms"));
  }

  @Test
  @DisplayName("T22 A lookup that finds no descriptor has asked nobody")
  void noDescriptor() throws Exception {
    var none = new ChannelException("no channel", new SocketException("Too many open files"));
    assertThat(probe(Names.failing(none), "db", 1, LONG))
        .isEqualTo(
            new Failure(Kind.NotAsked, "this machine cannot look up db now: Too many open files"));
  }

  @Test
  @DisplayName("T2 When the first address of a name refuses, the next one is tried")
  void severalAddresses() throws Exception {
    try (var backend = new ServerSocket(0, 8, InetAddress.getByName("127.0.0.2"))) {
      var names = Names.of("db", "127.0.0.1", "127.0.0.2");
      assertThat(probe(names, "db", backend.getLocalPort(), LONG))
          .isEqualTo(new ProbeResult.Success());
    }
  }

  @Test
  @DisplayName("F3 A name is resolved anew for every run")
  void resolvedAnew() throws Exception {
    try (var backend = new ServerSocket(0, 8, InetAddress.getByName("127.0.0.2"))) {
      var names = Names.of("db", "127.0.0.1");
      var probe = new TcpProber(new Network(loops, names)).to("db", backend.getLocalPort());
      assertThat(probe.run(LONG).get(15, TimeUnit.SECONDS)).isInstanceOf(Failure.class);
      names.change("db", "127.0.0.2");
      assertThat(probe.run(LONG).get(15, TimeUnit.SECONDS)).isEqualTo(new ProbeResult.Success());
    }
  }

  @Test
  @DisplayName("A backend whose queue is full does not answer, and the probe times out")
  void blackHole() throws Exception {
    try (var full = new FullBackend()) {
      var result = probe(Names.of("db", "127.0.0.1"), "db", full.port(), Duration.ofMillis(300));
      assertThat(result).isEqualTo(new Failure(Kind.Timeout, "no answer within 300ms"));
    }
  }

  @Test
  @DisplayName("After shutdown a probe fails at once instead of hanging")
  void shutDown() throws Exception {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    assertThat(probe(Names.none(), "db", 1, LONG))
        .isEqualTo(new Failure(Kind.Other, "this process is shutting down"));
  }

  private ProbeResult probe(Names names, String host, int port, Duration timeout) throws Exception {
    return new TcpProber(new Network(loops, names))
        .to(host, port)
        .run(timeout)
        .get(15, TimeUnit.SECONDS);
  }

  private static int closedPort() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
