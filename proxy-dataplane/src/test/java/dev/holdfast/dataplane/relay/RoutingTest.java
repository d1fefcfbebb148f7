package dev.holdfast.dataplane.relay;

import static dev.holdfast.dataplane.relay.RelayFixture.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.dataplane.FreePorts;
import dev.holdfast.dataplane.relay.RelayOptions.Limits;
import dev.holdfast.dataplane.relay.RelayOptions.OnConnectFailure;
import dev.holdfast.dataplane.relay.RelayOptions.Waits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class RoutingTest {
  private static final RelayOptions OPTIONS =
      RelayOptions.defaults("test/routing", "127.0.0.1", 0)
          .withOnConnectFailure(OnConnectFailure.Close);

  @Test
  @DisplayName("each client goes where its router says, and is counted for that backend")
  void perClient() throws Exception {
    try (var blue = TestBackend.saying("b");
        var green = TestBackend.saying("g");
        var relay = new RelayFixture(OPTIONS)) {
      route(
          relay,
          visit -> {
            var first = visit.client().getAddress().equals(loopback(1));
            return first ? open("blue", blue.port()) : open("green", green.port());
          });
      try (var one = connectFrom(1, relay.port());
          var two = connectFrom(2, relay.port());
          var three = connectFrom(2, relay.port())) {
        assertThat(one.getInputStream().read()).isEqualTo('b');
        assertThat(two.getInputStream().read()).isEqualTo('g');
        assertThat(three.getInputStream().read()).isEqualTo('g');
        var backends = relay.server.counts().backends();
        assertThat(backends.get("blue").open()).isEqualTo(1);
        assertThat(backends.get("green").open()).isEqualTo(2);
      }
    }
  }

  @Test
  @DisplayName("a router is told the port where the client arrived")
  void port() throws Exception {
    var visits = new LinkedBlockingQueue<Visit>();
    try (var relay = new RelayFixture(OPTIONS)) {
      route(
          relay,
          visit -> {
            visits.add(visit);
            return new Admission.Close();
          });
      try (var client = relay.connect()) {
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
      assertThat(visits.remove().listenPort()).isEqualTo(relay.port());
    }
  }

  @Test
  @DisplayName("a client of IPv4 on a port of both families is shown with its address of IPv4")
  void families() throws Exception {
    var clients = new LinkedBlockingQueue<InetAddress>();
    try (var relay = new RelayFixture(RelayOptions.defaults("test/routing", "::", 0))) {
      route(
          relay,
          visit -> {
            clients.add(visit.client().getAddress());
            return new Admission.Close();
          });
      for (var address : List.of("127.0.0.1", "::1")) {
        try (var client = new Socket(address, relay.port())) {
          assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(clients.remove()).isEqualTo(InetAddress.getByName(address));
      }
    }
  }

  @Test
  @DisplayName("a client waits for its router's word while others go by, and loses no byte")
  void waits() throws Exception {
    var waiting = new LinkedBlockingQueue<Visit>();
    try (var backend = TestBackend.echo();
        var relay = new RelayFixture(OPTIONS.withLimits(new Limits(0, 0, 0, 0)))) {
      route(relay, firstTime(waiting, open("blue", backend.port())));
      try (var slow = relay.connect();
          var fast = relay.connect()) {
        slow.getOutputStream().write(1);
        fast.getOutputStream().write(2);
        var visits = List.of(next(waiting), next(waiting));
        soon().until(() -> relay.server.counts().held() == 2);
        visits.getLast().goOn();
        soon().until(() -> relay.server.counts().open() == 1);
        visits.getFirst().goOn();
        assertThat(slow.getInputStream().read()).isEqualTo(1);
        assertThat(fast.getInputStream().read()).isEqualTo(2);
      }
    }
  }

  @Test
  @DisplayName("a word that is there before the router has answered is not lost")
  void atOnce() throws Exception {
    var asked = new ConcurrentLinkedQueue<Visit>();
    try (var backend = TestBackend.saying("x");
        var relay = new RelayFixture(OPTIONS)) {
      route(
          relay,
          visit -> {
            asked.add(visit);
            if (asked.size() == 1) {
              visit.goOn();
              return new Admission.Wait();
            }
            return open("blue", backend.port());
          });
      try (var client = relay.connect()) {
        assertThat(client.getInputStream().read()).isEqualTo('x');
      }
    }
  }

  @Test
  @DisplayName(
      "no more clients are held without a group than allowed; who waits for a word is more")
  void bounded() throws Exception {
    var waiting = new LinkedBlockingQueue<Visit>();
    try (var relay = new RelayFixture(OPTIONS.withLimits(new Limits(0, 0, 1, 0)))) {
      route(relay, firstTime(waiting, new Admission.Hold()));
      try (var one = relay.connect();
          var two = relay.connect()) {
        var first = next(waiting);
        var second = next(waiting);
        soon().until(() -> relay.server.counts().held() == 2);
        first.goOn();
        second.goOn();
        soon().until(() -> relay.server.counts().rejected() == 1);
        soon().until(() -> relay.server.counts().held() == 1);
        one.setSoTimeout(1);
        two.setSoTimeout(1);
        soon().until(() -> ended(one) != ended(two));
      }
    }
  }

  @Test
  @DisplayName("who waits too long is closed, and its router hears of it, as of one that leaves")
  void left() throws Exception {
    var waits =
        new Waits(Duration.ofMillis(100), Duration.ofSeconds(30), Duration.ZERO, Duration.ZERO);
    var router = new Recorder(new Admission.Hold());
    try (var relay = new RelayFixture(OPTIONS.withWaits(waits))) {
      route(relay, router);
      try (var client = relay.connect()) {
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
      soon().until(() -> router.left.size() == 1);
      router.answer = new Admission.Wait();
      try (var client = relay.connect()) {
        soon().until(() -> relay.server.counts().held() == 1);
        client.setSoLinger(true, 0);
      }
      soon().until(() -> router.left.size() == 2);
      assertThat(router.left).containsExactlyElementsOf(router.asked);
    }
  }

  @Test
  @DisplayName("of who did not have to wait, or went on, its router does not hear that it left")
  void notLeft() throws Exception {
    var router = new Recorder(new Admission.Wait());
    try (var backend = TestBackend.saying("x");
        var relay = new RelayFixture(OPTIONS)) {
      route(relay, router);
      try (var client = relay.connect()) {
        soon().until(() -> router.asked.size() == 1);
        router.answer = open("blue", backend.port());
        router.asked.remove().goOn();
        assertThat(client.getInputStream().read()).isEqualTo('x');
      }
      soon().until(() -> relay.server.counts().clients() == 0);
      assertThat(router.left).isEmpty();
    }
  }

  @Test
  @DisplayName("what is admitted anew has all who wait ask again")
  void admittedAnew() throws Exception {
    var router = new Recorder(new Admission.Hold());
    try (var backend = TestBackend.saying("x");
        var relay = new RelayFixture(OPTIONS)) {
      route(relay, router);
      try (var one = relay.connect();
          var two = relay.connect()) {
        soon().until(() -> relay.server.counts().held() == 2);
        router.answer = open("blue", backend.port());
        route(relay, router);
        assertThat(one.getInputStream().read()).isEqualTo('x');
        assertThat(two.getInputStream().read()).isEqualTo('x');
      }
    }
  }

  @Test
  @DisplayName("a router that fails closes its client, and the next one is asked for again")
  void routerFails() throws Exception {
    try (var relay = new RelayFixture(OPTIONS)) {
      route(
          relay,
          visit -> {
            throw new IllegalStateException("thrown by the test");
          });
      for (var i = 0; i < 2; i++) {
        try (var client = relay.connect()) {
          assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
      }
      soon().until(() -> relay.server.counts().clients() == 0);
    }
  }

  @Test
  @DisplayName("a client whose group refuses it is closed, and the failure told with the group")
  void refused() throws Exception {
    var nobody = FreePorts.next();
    try (var relay = new RelayFixture(OPTIONS)) {
      route(relay, visit -> open("blue", nobody));
      try (var client = relay.connect()) {
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
      assertThat(relay.failures.remove().target().backend()).isEqualTo("blue");
    }
  }

  @Test
  @DisplayName("under Refuse as a router's word that client is reset, and the port stays open")
  void resets() throws Exception {
    try (var relay = new RelayFixture(OPTIONS)) {
      route(relay, visit -> new Admission.Refuse());
      var port = relay.port();
      for (var i = 0; i < 2; i++) {
        assertThatThrownBy(() -> readOnce(port)).isInstanceOf(SocketException.class);
      }
      assertThat(relay.listener()).isInstanceOf(RelayEvents.ListenerState.Open.class);
    }
  }

  private static boolean ended(Socket client) throws IOException {
    try {
      return client.getInputStream().read() == -1;
    } catch (SocketTimeoutException still) {
      return false;
    }
  }

  private static void readOnce(int port) throws IOException {
    try (var client = RelayFixture.connect(port)) {
      client.getInputStream().read();
    }
  }

  private static ClientRouter firstTime(Queue<Visit> waiting, Admission then) {
    var seen = new ArrayList<Visit>();
    return visit -> {
      synchronized (seen) {
        if (seen.contains(visit)) {
          return then;
        }
        seen.add(visit);
      }
      waiting.add(visit);
      return new Admission.Wait();
    };
  }

  private static Visit next(BlockingQueue<Visit> visits) throws InterruptedException {
    return visits.poll(RelayFixture.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static void route(RelayFixture relay, ClientRouter router) {
    relay.server.admit(new Admission.Routed(router));
  }

  private static Admission open(String group, int port) {
    var target = new Target(group, "127.0.0.1", port, 0, RelayFixture.CONNECT_TIMEOUT);
    return new Admission.Open(target, Lease.forever(), Claim.NONE);
  }

  private static Socket connectFrom(int last, int port) throws IOException {
    var socket = new Socket("127.0.0.1", port, loopback(last), 0);
    socket.setSoTimeout((int) RelayFixture.PATIENCE.toMillis());
    return socket;
  }

  private static InetAddress loopback(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    } catch (IOException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }

  private static final class Recorder implements ClientRouter {
    private final Queue<Visit> asked = new ConcurrentLinkedQueue<>();
    private final Queue<Visit> left = new ConcurrentLinkedQueue<>();
    private volatile Admission answer;

    Recorder(Admission answer) {
      this.answer = answer;
    }

    @Override
    public Admission route(Visit visit) {
      asked.add(visit);
      return answer;
    }

    @Override
    public void left(Visit visit) {
      left.add(visit);
    }
  }
}
