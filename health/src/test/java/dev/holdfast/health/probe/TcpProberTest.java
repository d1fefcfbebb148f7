package dev.holdfast.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.health.probe.ProbeResult.Failure;
import dev.holdfast.health.probe.ProbeResult.Kind;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
  @DisplayName("A closed port is refused")
  void refused() throws Exception {
    var result = probe(Names.of("db", "127.0.0.1"), "db", closedPort(), LONG);
    assertThat(result).isEqualTo(new Failure(Kind.Refused, "connect refused"));
  }

  @Test
  @DisplayName("A name that nobody knows is an unknown host, and is named")
  void unknownHost() throws Exception {
    var result = probe(new Names(Map.of()), "nowhere", 1, LONG);
    assertThat(result).isEqualTo(new Failure(Kind.UnknownHost, "unknown host nowhere"));
  }

  @Test
  @DisplayName("A name server that never answers ends at the timeout")
  void silentResolver() throws Exception {
    var result = probe(Names.silent(), "db", 1, Duration.ofMillis(100));
    assertThat(result).isEqualTo(new Failure(Kind.Timeout, "no answer within 100ms"));
  }

  @Test
  @DisplayName("When the first address of a name refuses, the next one is tried")
  void severalAddresses() throws Exception {
    try (var backend = new ServerSocket(0, 8, InetAddress.getByName("127.0.0.2"))) {
      var names = Names.of("db", "127.0.0.1", "127.0.0.2");
      assertThat(probe(names, "db", backend.getLocalPort(), LONG))
          .isEqualTo(new ProbeResult.Success());
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
    assertThat(probe(new Names(Map.of()), "db", 1, LONG))
        .isEqualTo(new Failure(Kind.Other, "this process is shutting down"));
  }

  private ProbeResult probe(Names names, String host, int port, Duration timeout) throws Exception {
    return new TcpProber(loops, names).to(host, port).run(timeout).get(15, TimeUnit.SECONDS);
  }

  private static int closedPort() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Names that the test makes up; without a table it never answers. */
  private static final class Names extends AddressResolverGroup<InetSocketAddress> {
    private final Map<String, List<String>> table;
    private final boolean answers;

    private Names(Map<String, List<String>> table, boolean answers) {
      this.table = table;
      this.answers = answers;
    }

    Names(Map<String, List<String>> table) {
      this(table, true);
    }

    static Names of(String host, String... addresses) {
      return new Names(Map.of(host, List.of(addresses)));
    }

    static Names silent() {
      return new Names(Map.of(), false);
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
      return new InetNameResolver(executor) {
        @Override
        protected void doResolve(String host, Promise<InetAddress> promise) {
          throw new UnsupportedOperationException("probes ask for all addresses");
        }

        @Override
        protected void doResolveAll(String host, Promise<List<InetAddress>> promise)
            throws Exception {
          if (!answers) {
            return;
          }
          var addresses = table.get(host);
          if (addresses == null) {
            promise.setFailure(new UnknownHostException(host));
            return;
          }
          var resolved = new java.util.ArrayList<InetAddress>();
          for (var address : addresses) {
            resolved.add(InetAddress.getByName(address));
          }
          promise.setSuccess(resolved);
        }
      }.asAddressResolver();
    }
  }
}
