package dev.holdfast.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.dataplane.relay.transport.Transport;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class DnsNamesTest {
  private final Transport transport = RelayFixture.transport(1);
  private final TestNameServer server = new TestNameServer();
  private NameResolver names;

  @BeforeEach
  void ask() {
    names = new DnsNames(transport.loops().next(), transport, server.asked());
  }

  @AfterEach
  void stop() {
    transport.loops().next().submit(names::close).syncUninterruptibly();
    transport.close();
    server.close();
  }

  @Test
  @DisplayName("F3 a name is looked up anew for every connect, whatever its time to live")
  void anew() throws Exception {
    server.tell("pg-0.db", "127.0.0.2");
    assertThat(resolve("pg-0.db")).containsExactly(InetAddress.getByName("127.0.0.2"));
    server.tell("pg-0.db", "127.0.0.3");
    assertThat(resolve("pg-0.db")).containsExactly(InetAddress.getByName("127.0.0.3"));
  }

  @Test
  @DisplayName("T2 all addresses of a name are found, those of both families")
  void bothFamilies() throws Exception {
    server.tell("pg-0.db", "::1", "127.0.0.2", "127.0.0.3");
    assertThat(resolve("pg-0.db"))
        .containsExactlyInAnyOrder(
            InetAddress.getByName("127.0.0.2"),
            InetAddress.getByName("127.0.0.3"),
            InetAddress.getByName("::1"));
  }

  @Test
  @DisplayName("a name that nobody knows is an unknown host")
  void unknown() {
    assertThatThrownBy(() -> resolve("pg-9.db")).isInstanceOf(UnknownHostException.class);
  }

  @Test
  @DisplayName("T22 without a descriptor no name is unknown, and with one again it is found")
  void noDescriptor() throws Exception {
    server.tell("pg-0.db", "127.0.0.2");
    try (var copying = Transport.open(Transport.Choice.Copy, 1)) {
      var loop = copying.loops().next();
      var none = new AtomicBoolean(true);
      ChannelFactory<DatagramChannel> sockets =
          () -> {
            if (none.get()) {
              throw new ChannelException("none", new SocketException("Too many open files"));
            }
            return new NioDatagramChannel();
          };
      var scarce = new DnsNames(loop, sockets, copying.streams(), server.asked());
      assertThatThrownBy(() -> resolve(loop, scarce, "pg-0.db"))
          .matches(ConnectFailures::isOurs)
          .satisfies(e -> assertThat(ConnectFailures.root(e)).hasMessage("Too many open files"));
      none.set(false);
      assertThat(resolve(loop, scarce, "pg-0.db"))
          .containsExactly(InetAddress.getByName("127.0.0.2"));
      loop.submit(scarce::close).syncUninterruptibly();
    }
  }

  private List<InetAddress> resolve(String name) throws Exception {
    return resolve(transport.loops().next(), names, name);
  }

  private static List<InetAddress> resolve(EventLoop loop, NameResolver names, String name)
      throws Exception {
    var within = Duration.ofSeconds(5);
    var lookup = loop.submit(() -> names.resolveAll(name, within)).get(5, TimeUnit.SECONDS);
    lookup.awaitUninterruptibly(10, TimeUnit.SECONDS);
    if (lookup.cause() instanceof UnknownHostException unknown) {
      throw unknown;
    }
    return lookup.get();
  }
}
