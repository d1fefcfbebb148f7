package dev.holdfast.dataplane.relay;

import static dev.holdfast.dataplane.relay.RelayFixture.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class LeaseTest {
  private final AtomicLong clock = new AtomicLong(1_000);
  private final TimedLease lease = new TimedLease(clock::get, 2_000);

  @Test
  @DisplayName("a connection moves bytes until its lease has ended, and is then cut on both sides")
  void cut() throws Exception {
    try (var backend = TestBackend.echo();
        var relay = open(new RelayFixture(), backend.port(), new Admission.Refuse());
        var client = relay.connect()) {
      say(client);
      clock.set(1_999);
      say(client);
      clock.set(2_000);
      client.getOutputStream().write(42);

      assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
      soon().until(() -> relay.server.counts().open() == 0);
      assertThat(relay.accessEntries.remove().end()).isEqualTo("LeaseEnded");
    }
  }

  @Test
  @DisplayName("the backend of a connection whose lease has ended gets a reset and no byte")
  void backendSeesReset() throws Exception {
    var heard = new LinkedBlockingQueue<Object>();
    try (var backend =
            TestBackend.running(connection -> {
              try {
                for (int next; (next = connection.getInputStream().read()) >= 0; ) {
                  heard.add(next);
                }
                heard.add("end");
              } catch (SocketException reset) {
                heard.add("reset");
              }
            });
        var relay = open(new RelayFixture(), backend.port(), new Admission.Refuse());
        var client = relay.connect()) {
      client.getOutputStream().write(1);
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(1);
      clock.set(2_000);
      client.getOutputStream().write(2);
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("reset");
    }
  }

  @Test
  @DisplayName("bytes that a slow receiver has kept back are not sent after the lease's end")
  void keptBack() throws Exception {
    var reads = new CountDownLatch(1);
    var end = new LinkedBlockingQueue<String>();
    try (var backend =
            TestBackend.running(connection -> {
              reads.await();
              try {
                connection.getInputStream().readAllBytes();
                end.add("end");
              } catch (SocketException reset) {
                end.add("reset");
              }
            });
        var relay = open(new RelayFixture(), backend.port(), new Admission.Refuse());
        var client = relay.connect()) {
      Thread.ofVirtual().start(() -> flood(client));
      var standstill = new Standstill(relay);
      await()
          .atMost(RelayFixture.PATIENCE.multipliedBy(4))
          .pollInterval(200, TimeUnit.MILLISECONDS)
          .during(600, TimeUnit.MILLISECONDS)
          .until(standstill::reached);
      var moved = moved(relay);
      clock.set(2_000);
      reads.countDown();

      assertThat(end.poll(20, TimeUnit.SECONDS)).isEqualTo("reset");
      assertThat(moved(relay)).isEqualTo(moved);
    }
  }

  @Test
  @DisplayName("a lease that is prolonged goes on for connections that are there and for new ones")
  void prolonged() throws Exception {
    try (var backend = TestBackend.echo();
        var relay = open(new RelayFixture(), backend.port(), new Admission.Refuse());
        var client = relay.connect()) {
      say(client);
      lease.prolong(3_000);
      clock.set(2_500);
      say(client);
      try (var late = relay.connect()) {
        say(late);
      }
    }
  }

  @Test
  @DisplayName("after the lease's end a client is refused, or held, as was said beforehand")
  void notAdmitted() throws Exception {
    try (var backend = TestBackend.echo();
        var relay = open(new RelayFixture(), backend.port(), new Admission.Refuse())) {
      var port = relay.port();
      clock.set(2_000);
      // the reset may come before the connect has returned
      assertThatThrownBy(() -> readOnce(port)).isInstanceOf(SocketException.class);
      open(relay, backend.port(), new Admission.Hold());
      try (var held = RelayFixture.connect(port)) {
        soon().until(() -> relay.server.counts().held() == 1);
        lease.prolong(3_000);
        open(relay, backend.port(), new Admission.Hold());
        say(held);
      }
      assertThat(backend.connections).hasValue(1);
    }
  }

  @Test
  @DisplayName("a client whose backend is being connected when the lease ends waits for the next")
  void notLinked() throws Exception {
    var asked = new LinkedBlockingQueue<Promise<List<InetAddress>>>();
    try (var backend = TestBackend.echo();
        var relay =
            new RelayFixture(
                RelayOptions.defaults("test/relay", "127.0.0.1", 0),
                (EventLoop loop) -> names(loop, asked))) {
      var target = new Target("slow", "slow.db", backend.port(), 1, RelayFixture.CONNECT_TIMEOUT);
      relay.server.admit(new Admission.Open(target, lease, new Admission.Refuse()));
      try (var client = relay.connect()) {
        client.getOutputStream().write(42);
        var lookup = asked.poll(10, TimeUnit.SECONDS);
        clock.set(2_000);
        lookup.setSuccess(List.of(InetAddress.getLoopbackAddress()));

        soon().until(() -> relay.server.counts().held() == 1);
        assertThat(moved(relay)).isZero();
      }
    }
  }

  @Test
  @DisplayName("a sever is done when every connection has been cut")
  void severed() throws Exception {
    try (var backend = TestBackend.echo();
        var relay = open(new RelayFixture(), backend.port(), new Admission.Refuse());
        var one = relay.connect();
        var other = relay.connect()) {
      say(one);
      say(other);
      relay.server.admit(new Admission.Refuse());
      assertThat(relay.server.sever(2).toCompletableFuture()).succeedsWithin(RelayFixture.PATIENCE);
      assertThat(relay.server.counts().backends().get("backend-1").open()).isZero();
    }
  }

  private RelayFixture open(RelayFixture relay, int backend, Admission afterwards) {
    var target = RelayFixture.target(backend, 1);
    relay.server.admit(new Admission.Open(target, lease, afterwards));
    return relay;
  }

  private static void readOnce(int port) throws Exception {
    try (var client = RelayFixture.connect(port)) {
      client.getInputStream().read();
    }
  }

  private static NameResolver names(
      EventLoop loop, LinkedBlockingQueue<Promise<List<InetAddress>>> asked) {
    return new NameResolver() {
      @Override
      public Future<List<InetAddress>> resolveAll(String name, Duration within) {
        var lookup = loop.<List<InetAddress>>newPromise();
        asked.add(lookup);
        return lookup;
      }

      @Override
      public void close() {}
    };
  }

  private static long moved(RelayFixture relay) {
    return relay.server.counts().backends().values().stream()
        .mapToLong(backend -> backend.bytesToBackend() + backend.bytesToClient())
        .sum();
  }

  private static void flood(Socket client) {
    var piece = new byte[64 * 1024];
    try {
      while (true) {
        client.getOutputStream().write(piece);
      }
    } catch (IOException cut) {
      // as it is to be
    }
  }

  private static void say(Socket client) throws Exception {
    client.getOutputStream().write(42);
    assertThat(client.getInputStream().read()).isEqualTo(42);
  }
}
