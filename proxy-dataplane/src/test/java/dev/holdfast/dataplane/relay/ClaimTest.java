package dev.holdfast.dataplane.relay;

import static dev.holdfast.dataplane.relay.RelayFixture.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.dataplane.FreePorts;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class ClaimTest {
  private static final RelayOptions OPTIONS = RelayOptions.defaults("test/claim", "127.0.0.1", 0);
  private static final int CLIENTS = 40;

  @Test
  @DisplayName("a claim is told once of each connection's beginning and of its end")
  void counts() throws Exception {
    var claim = new Key("k");
    try (var backend = TestBackend.echo();
        var relay = new RelayFixture(OPTIONS)) {
      route(relay, visit -> open(backend.port(), claim));
      try (var one = relay.connect();
          var two = relay.connect()) {
        say(one);
        say(two);
        assertThat(claim.opened).hasValue(2);
        one.shutdownOutput();
        assertThat(one.getInputStream().read()).isEqualTo(-1);
        soon().until(() -> claim.closed.get() == 1);
        two.setSoLinger(true, 0);
      }
      soon().until(() -> claim.closed.get() == 2);
      assertThat(claim.opened).hasValue(2);
    }
  }

  @Test
  @DisplayName("a claim under which nobody could be connected hears of nothing")
  void neverOpened() throws Exception {
    var claim = new Key("k");
    var nobody = FreePorts.next();
    try (var relay =
        new RelayFixture(OPTIONS.withOnConnectFailure(RelayOptions.OnConnectFailure.Close))) {
      route(relay, visit -> open(nobody, claim));
      try (var client = relay.connect()) {
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
      soon().until(() -> relay.server.counts().clients() == 0);
      assertThat(claim.opened).hasValue(0);
      assertThat(claim.closed).hasValue(0);
    }
  }

  @Test
  @DisplayName("S9 all connections of a revoked claim are cut at once, those of others go on")
  void cut() throws Exception {
    var revoked = new Key("revoked");
    var kept = new Key("kept");
    var turns = new AtomicInteger();
    try (var backend = TestBackend.echo();
        var relay = new RelayFixture(OPTIONS)) {
      route(
          relay, visit -> open(backend.port(), turns.getAndIncrement() % 2 == 0 ? revoked : kept));
      var clients = new ArrayList<Socket>();
      for (var i = 0; i < CLIENTS; i++) {
        clients.add(relay.connect());
        say(clients.getLast());
      }
      revoked.revoked = true;
      assertThat(relay.server.severRevoked().toCompletableFuture())
          .succeedsWithin(RelayFixture.PATIENCE);

      assertThat(revoked.closed).hasValue(CLIENTS / 2);
      assertThat(kept.closed).hasValue(0);
      for (var i = 0; i < CLIENTS; i += 2) {
        var cut = clients.get(i);
        assertThatThrownBy(() -> cut.getInputStream().read()).isInstanceOf(SocketException.class);
        say(clients.get(i + 1));
        cut.close();
        clients.get(i + 1).close();
      }
      assertThat(relay.accessEntries.stream().filter(entry -> entry.end().equals("Severed")))
          .hasSize(CLIENTS / 2)
          .allMatch(entry -> "revoked".equals(entry.key()));
    }
  }

  @Test
  @DisplayName("a connection whose claim is revoked moves no further byte, before it is cut, too")
  void noFurtherByte() throws Exception {
    var claim = new Key("k");
    var heard = new AtomicInteger();
    try (var backend =
            TestBackend.running(connection -> {
              for (int next; (next = connection.getInputStream().read()) >= 0; ) {
                heard.incrementAndGet();
                connection.getOutputStream().write(next);
              }
            });
        var relay = new RelayFixture(OPTIONS)) {
      route(relay, visit -> open(backend.port(), claim));
      try (var client = relay.connect()) {
        say(client);
        claim.revoked = true;
        client.getOutputStream().write(42);
        assertThatThrownBy(() -> client.getInputStream().read())
            .isInstanceOf(SocketException.class);
      }
      assertThat(heard).hasValue(1);
    }
  }

  @Test
  @DisplayName("a connection whose claim is revoked in the moment that it is opened is cut, silent")
  void revokedWhenOpened() throws Exception {
    var claim = new Key("k");
    claim.revokedByOpening = true;
    try (var backend = TestBackend.saying("never heard");
        var relay = new RelayFixture(OPTIONS)) {
      route(relay, visit -> open(backend.port(), claim));
      // the reset may come before the connect has returned
      assertThatThrownBy(() -> readOne(relay)).isInstanceOf(SocketException.class);
      soon().until(() -> relay.server.counts().clients() == 0);
      assertThat(claim.opened).hasValue(1);
      assertThat(claim.closed).hasValue(1);
    }
  }

  private static int readOne(RelayFixture relay) throws IOException {
    try (var client = relay.connect()) {
      return client.getInputStream().read();
    }
  }

  @Test
  @DisplayName("a client whose claim is revoked while it is being connected is routed anew")
  void routedAnew() throws Exception {
    var asked = new LinkedBlockingQueue<Promise<List<InetAddress>>>();
    var first = new Key("first");
    var second = new Key("second");
    var answers = new AtomicInteger();
    try (var backend = TestBackend.echo();
        var relay = new RelayFixture(OPTIONS, (EventLoop loop) -> names(loop, asked))) {
      route(
          relay,
          visit ->
              answers.getAndIncrement() == 0
                  ? open("slow.db", backend.port(), first)
                  : open("127.0.0.1", backend.port(), second));
      try (var client = relay.connect()) {
        var lookup = asked.poll(10, TimeUnit.SECONDS);
        first.revoked = true;
        lookup.setSuccess(List.of(InetAddress.getLoopbackAddress()));
        say(client);
      }
      soon().until(() -> second.closed.get() == 1);
      assertThat(first.opened).hasValue(0);
      assertThat(second.opened).hasValue(1);
    }
  }

  private static void route(RelayFixture relay, ClientRouter router) {
    relay.server.admit(new Admission.Routed(router));
  }

  private static Admission open(int port, Claim claim) {
    return open("127.0.0.1", port, claim);
  }

  private static Admission open(String host, int port, Claim claim) {
    var target = new Target("blue", host, port, 0, RelayFixture.CONNECT_TIMEOUT);
    return new Admission.Open(target, Lease.forever(), claim);
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

  private static void say(Socket client) throws Exception {
    client.getOutputStream().write(42);
    assertThat(client.getInputStream().read()).isEqualTo(42);
  }

  private static final class Key implements Claim {
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final String name;
    private volatile boolean revoked;
    private boolean revokedByOpening;

    Key(String name) {
      this.name = name;
    }

    @Override
    public void opened() {
      opened.incrementAndGet();
      revoked |= revokedByOpening;
    }

    @Override
    public void closed() {
      closed.incrementAndGet();
    }

    @Override
    public boolean revoked() {
      return revoked;
    }

    @Override
    public String key() {
      return name;
    }
  }
}
