package dev.holdfast.dataplane.relay;

import static dev.holdfast.dataplane.relay.RelayFixture.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.dataplane.relay.RelayEvents.ConnectFailure.Kind;
import dev.holdfast.dataplane.relay.RelayOptions.OnConnectFailure;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class ConnectTest {
  private static final RelayOptions OPTIONS = RelayOptions.defaults("test/connect", "127.0.0.1", 0);
  private static final RelayOptions CLOSING = OPTIONS.withOnConnectFailure(OnConnectFailure.Close);
  private static final int CLIENTS = 1_000;

  @Test
  @DisplayName(
      "a black-holed target delays only its own clients: 1,000 others are served meanwhile")
  void blackHole() throws Exception {
    try (var hole = new BlackHole();
        var backend = TestBackend.saying("x");
        var relay = new RelayFixture(OPTIONS);
        var stuck = new Clients()) {
      relay.open(target("127.0.0.1", hole.port(), 1, Duration.ofSeconds(30)));
      for (var i = 0; i < 50; i++) {
        stuck.add(relay.connect());
      }
      soon().until(() -> relay.server.counts().clients() == 50);
      relay.open(RelayFixture.target(backend.port(), 2));
      var slots = new Semaphore(64);
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var asked = Collections.nCopies(CLIENTS, (Callable<Void>) () -> askOnce(relay, slots));
        for (var answer : threads.invokeAll(asked)) {
          answer.get();
        }
      }
      await()
          .atMost(RelayFixture.PATIENCE)
          .until(
              () -> relay.server.counts().backends().get("backend-2").bytesToClient() == CLIENTS);
      assertThat(relay.server.counts().backends().get("backend-1").open()).isEqualTo(50);
      assertThat(relay.failures).isEmpty();
    }
  }

  private static Void askOnce(RelayFixture relay, Semaphore slots) throws Exception {
    slots.acquire();
    try (var client = relay.connect()) {
      assertThat(client.getInputStream().read()).isEqualTo('x');
    } finally {
      slots.release();
    }
    return null;
  }

  @Test
  @DisplayName("a connect without an answer fails at the target's timeout")
  void timeout() throws Exception {
    try (var hole = new BlackHole();
        var relay = new RelayFixture(CLOSING)) {
      relay.open(target("127.0.0.1", hole.port(), 1, Duration.ofMillis(300)));
      try (var client = relay.connect()) {
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
      var failure = relay.failures.remove().failure();
      assertThat(failure.kind()).isEqualTo(Kind.Timeout);
      assertThat(failure.message()).contains("300 ms");
    }
  }

  @Test
  @DisplayName("a name whose servers do not answer fails at half of the target's timeout")
  void resolverDoesNotAnswer() throws Exception {
    try (var relay = new RelayFixture(CLOSING, names(loop -> loop.newPromise()))) {
      relay.open(target("pg-0.db", 1, 1, Duration.ofMillis(300)));
      try (var client = relay.connect()) {
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
      var failure = relay.failures.remove().failure();
      assertThat(failure.kind()).isEqualTo(Kind.Timeout);
      assertThat(failure.message()).isEqualTo("no name server answered for pg-0.db within 150 ms");
    }
  }

  @Test
  @DisplayName("T22 a lookup that finds no descriptor says nothing about the name's backend")
  void noDescriptorToAskWith() throws Exception {
    var none = new ChannelException("no channel", new SocketException("Too many open files"));
    var unresolved = new UnknownHostException("failed to resolve pg-0.db");
    unresolved.initCause(none);
    try (var relay = new RelayFixture(OPTIONS, names(loop -> loop.newFailedFuture(unresolved)))) {
      relay.open(target("pg-0.db", 1, 1, RelayFixture.CONNECT_TIMEOUT));
      try (var client = relay.connect()) {
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
      assertThat(relay.failures).isEmpty();
      assertThat(relay.accessEntries.remove().end()).isEqualTo("OutOfResources");
      assertThat(relay.server.counts().backends().get("backend-1").open()).isZero();
    }
  }

  @Test
  @DisplayName("a name that does not exist is told as such")
  void unknownHost() throws Exception {
    var unknown = names(loop -> loop.newFailedFuture(new UnknownHostException("pg-0.db")));
    try (var relay = new RelayFixture(CLOSING, unknown)) {
      relay.open(target("pg-0.db", 1, 1, RelayFixture.CONNECT_TIMEOUT));
      try (var client = relay.connect()) {
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
      assertThat(relay.failures.remove().failure().kind()).isEqualTo(Kind.UnknownHost);
    }
  }

  @Test
  @DisplayName("T2 all addresses of a name are tried within one timeout, dead ones included")
  void everyAddress() throws Exception {
    var addresses = List.of(address(1), address(2), address(3));
    // its port is silent on 127.0.0.1, refused on .2 and served on .3
    try (var hole = new BlackHole();
        var served = TestBackend.saying("third", address(3), hole.port());
        var relay = new RelayFixture(CLOSING, names(loop -> loop.newSucceededFuture(addresses)))) {
      relay.open(target("pg-0.db", hole.port(), 1, Duration.ofSeconds(3)));
      try (var client = relay.connect()) {
        assertThat(RetryTest.read(client, 5)).isEqualTo("third");
      }
      assertThat(served.connections).hasValue(1);
      assertThat(relay.failures).isEmpty();
    }
  }

  @Test
  @DisplayName("a name from the hosts file is resolved")
  void hostsFile() throws Exception {
    try (var backend = TestBackend.saying("x");
        var relay = new RelayFixture(CLOSING)) {
      relay.open(target("localhost", backend.port(), 1, RelayFixture.CONNECT_TIMEOUT));
      try (var client = relay.connect()) {
        assertThat(client.getInputStream().read()).isEqualTo('x');
      }
    }
  }

  @Test
  @DisplayName("a connect that ends after its epoch is not linked: the client gets the new primary")
  void overtakenByAnEpoch() throws Exception {
    var slow = new CompletableFuture<Promise<List<InetAddress>>>();
    Function<EventLoop, Future<List<InetAddress>>> lookup =
        loop -> {
          Promise<List<InetAddress>> promise = loop.newPromise();
          slow.complete(promise);
          return promise;
        };
    try (var old = TestBackend.saying("old");
        var primary = TestBackend.saying("new");
        var relay = new RelayFixture(OPTIONS, names(lookup))) {
      relay.open(target("slow.db", old.port(), 1, RelayFixture.CONNECT_TIMEOUT));
      try (var client = relay.connect()) {
        var promise = slow.get();
        relay.open(RelayFixture.target(primary.port(), 2));
        promise.setSuccess(List.of(address(1)));

        assertThat(RetryTest.read(client, 3)).isEqualTo("new");
        assertThat(relay.failures).isEmpty();
        soon().until(() -> relay.server.counts().backends().get("backend-1").open() == 0);
      }
    }
  }

  private static Target target(String host, int port, long epoch, Duration timeout) {
    return new Target("backend-" + epoch, host, port, epoch, timeout);
  }

  private static InetAddress address(int last) throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
  }

  private static Function<EventLoop, NameResolver> names(
      Function<EventLoop, Future<List<InetAddress>>> lookup) {
    return loop ->
        new NameResolver() {
          @Override
          public Future<List<InetAddress>> resolveAll(String name, Duration within) {
            return lookup.apply(loop);
          }

          @Override
          public void close() {}
        };
  }

  private static final class Clients extends ArrayList<Socket> implements AutoCloseable {
    @Override
    public void close() throws Exception {
      for (var client : this) {
        client.close();
      }
    }
  }
}
