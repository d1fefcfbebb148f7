package dev.holdfast.dataplane.relay;

import static dev.holdfast.dataplane.relay.RelayFixture.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.dataplane.FreePorts;
import dev.holdfast.dataplane.relay.RelayEvents.ListenerState;
import dev.holdfast.dataplane.relay.RelayOptions.Listen;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class ListenerTest {

  @Test
  @DisplayName("F10 F14 no client is accepted before a target has been admitted")
  void closedUntilAdmitted() throws Exception {
    var port = FreePorts.next();
    try (var backend = TestBackend.saying("x");
        var relay = new RelayFixture(options(port))) {
      assertThatThrownBy(() -> RelayFixture.connect(port)).isInstanceOf(ConnectException.class);
      relay.open(backend.port());
      try (var client = relay.connect()) {
        assertThat(client.getInputStream().read()).isEqualTo('x');
      }
      assertThat(relay.listenerStates).containsExactly(new ListenerState.Open("127.0.0.1", port));
    }
  }

  @Test
  @DisplayName("F21 F22 under Refuse the kernel refuses, and what is established goes on")
  void refuses() throws Exception {
    var port = FreePorts.next();
    try (var backend = TestBackend.echo();
        var relay = new RelayFixture(options(port)).open(backend.port());
        var established = relay.connect()) {
      say(established, 1);
      relay.server.admit(new Admission.Refuse());
      soon().until(() -> relay.listener() instanceof ListenerState.Closed);

      assertThatThrownBy(() -> RelayFixture.connect(port)).isInstanceOf(ConnectException.class);
      say(established, 2);

      relay.open(RelayFixture.target(backend.port(), 2));
      try (var next = relay.connect()) {
        say(next, 3);
        say(established, 4);
      }
    }
  }

  @Test
  @DisplayName("F21 a client that the kernel has queued when Refuse comes is reset, not served")
  void resetsTheQueue() throws Exception {
    var busy = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var options = RelayOptions.defaults("test/listener", "127.0.0.1", 0);
    try (var backend = TestBackend.saying("x");
        var relay = new RelayFixture(options, 1).open(backend.port())) {
      var port = relay.port();
      relay
          .transport
          .loops()
          .execute(() -> {
            busy.countDown();
            assertThatNoException().isThrownBy(() -> goOn.await(10, TimeUnit.SECONDS));
          });
      assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
      try (var queued = RelayFixture.connect(port)) {
        relay.server.admit(new Admission.Refuse());
        goOn.countDown();

        assertThatThrownBy(() -> queued.getInputStream().read())
            .isInstanceOf(SocketException.class);
        assertThat(backend.connections).hasValue(0);
      }
    }
  }

  @Test
  @DisplayName("F21 when the port is said to be closed, the next connect is refused")
  void closedWhenItSaysSo() throws Exception {
    try (var backend = TestBackend.saying("x");
        var relay = new RelayFixture()) {
      for (var epoch = 1; epoch <= 20; epoch++) {
        relay.open(RelayFixture.target(backend.port(), epoch));
        var port = relay.port();
        var next = new CompletableFuture<Exception>();
        // on the event loop, so that nothing of what is to be closed can be done meanwhile
        relay.onListener(state -> {
          if (state instanceof ListenerState.Closed) {
            next.complete(catchThrowableOfType(Exception.class, () -> connectAndClose(port)));
          }
        });
        relay.server.admit(new Admission.Refuse());
        assertThat(next).succeedsWithin(RelayFixture.PATIENCE).isInstanceOf(ConnectException.class);
      }
    }
  }

  private static void connectAndClose(int port) throws IOException {
    RelayFixture.connect(port).close();
  }

  @Test
  @DisplayName("F2 an address of IPv6 is listened on, and told as such")
  void literalOfIpv6() throws Exception {
    try (var backend = TestBackend.saying("x");
        var relay =
            new RelayFixture(RelayOptions.defaults("test/v6", "::1", 0)).open(backend.port())) {
      assertThat(answer("::1", relay.port())).isEqualTo('x');
      assertThatThrownBy(() -> answer("127.0.0.1", relay.port()))
          .isInstanceOf(ConnectException.class);
      assertThat(relay.listener()).isEqualTo(new ListenerState.Open("::1", relay.port()));
    }
  }

  @Test
  @DisplayName("Refuse and Open in quick turns end with an open socket and no failure on the way")
  void quickTurns() throws Exception {
    var port = FreePorts.next();
    try (var backend = TestBackend.saying("x");
        var relay = new RelayFixture(options(port))) {
      for (var epoch = 1; epoch <= 50; epoch++) {
        relay.open(RelayFixture.target(backend.port(), epoch));
        relay.server.admit(new Admission.Refuse());
      }
      relay.open(RelayFixture.target(backend.port(), 51));
      soon()
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(() -> {
            try (var client = RelayFixture.connect(port)) {
              assertThat(client.getInputStream().read()).isEqualTo('x');
            }
          });
      assertThat(relay.listenerStates).noneMatch(ListenerState.Failed.class::isInstance);
    }
  }

  @Test
  @DisplayName("F24 a port that is taken is told and tried again until it is free")
  void portTaken() throws Exception {
    try (var backend = TestBackend.saying("x");
        var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        var relay = new RelayFixture(options(taken.getLocalPort())).open(backend.port())) {
      soon().until(() -> relay.listener() instanceof ListenerState.Failed);
      var failed = (ListenerState.Failed) relay.listener();
      assertThat(failed.message()).contains("127.0.0.1", String.valueOf(taken.getLocalPort()));

      taken.close();
      try (var client = relay.connect()) {
        assertThat(client.getInputStream().read()).isEqualTo('x');
      }
      assertThat(relay.listenerStates).hasSize(2);
    }
  }

  @Test
  @DisplayName("two relays never share a port, although each one's own sockets do")
  void noSilentSharing() throws Exception {
    try (var backend = TestBackend.saying("x");
        var first = new RelayFixture().open(backend.port());
        var second = new RelayFixture(options(first.port())).open(backend.port())) {
      soon().until(() -> second.listener() instanceof ListenerState.Failed);
      first.close();
      assertThat(second.port()).isPositive();
    }
  }

  @Test
  @DisplayName("a changed port is bound before the old one is closed, and connections stay")
  void moves() throws Exception {
    var newPort = FreePorts.next();
    try (var backend = TestBackend.echo();
        var relay = new RelayFixture().open(backend.port());
        var established = relay.connect()) {
      var oldPort = relay.port();
      say(established, 1);
      relay.server.configure(options(newPort));
      soon().until(() -> relay.port() == newPort);

      try (var client = relay.connect()) {
        say(client, 2);
      }
      say(established, 3);
      soon()
          .untilAsserted(() ->
              assertThatThrownBy(() -> RelayFixture.connect(oldPort).close())
                  .isInstanceOf(ConnectException.class));
      assertThat(relay.listenerStates)
          .containsExactly(
              new ListenerState.Open("127.0.0.1", oldPort),
              new ListenerState.Open("127.0.0.1", newPort),
              new ListenerState.Closed());
    }
  }

  @Test
  @DisplayName("while the new port cannot be bound the old one stays open")
  void movesWhenItCan() throws Exception {
    try (var backend = TestBackend.echo();
        var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        var relay = new RelayFixture().open(backend.port())) {
      var oldPort = relay.port();
      relay.server.configure(options(taken.getLocalPort()));
      soon().until(() -> relay.listener() instanceof ListenerState.Failed);
      try (var client = RelayFixture.connect(oldPort)) {
        say(client, 1);
      }
      taken.close();
      soon().until(() -> relay.port() == taken.getLocalPort());
    }
  }

  @Test
  @DisplayName("F2 the address :: takes clients of both families; 0.0.0.0 only those of IPv4")
  void families() throws Exception {
    try (var backend = TestBackend.saying("x");
        var dual =
            new RelayFixture(RelayOptions.defaults("test/dual", "::", 0)).open(backend.port());
        var v4 =
            new RelayFixture(RelayOptions.defaults("test/v4", "0.0.0.0", 0)).open(backend.port())) {
      assertThat(answer("127.0.0.1", dual.port())).isEqualTo('x');
      assertThat(answer("::1", dual.port())).isEqualTo('x');
      assertThat(answer("127.0.0.1", v4.port())).isEqualTo('x');
      assertThatThrownBy(() -> answer("::1", v4.port())).isInstanceOf(ConnectException.class);
    }
  }

  private static int answer(String address, int port) throws Exception {
    try (var client = new Socket(address, port)) {
      return client.getInputStream().read();
    }
  }

  private static void say(Socket client, int value) throws Exception {
    client.getOutputStream().write(value);
    assertThat(client.getInputStream().read()).isEqualTo(value);
  }

  private static RelayOptions options(int port) {
    return RelayOptions.defaults("test/listener", "127.0.0.1", port)
        .withListen(List.of(new Listen("127.0.0.1", port)));
  }
}
