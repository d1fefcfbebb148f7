package dev.holdfast.dataplane.relay;

import static dev.holdfast.dataplane.relay.RelayFixture.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.dataplane.FreePorts;
import dev.holdfast.dataplane.relay.RelayEvents.ListenerState;
import dev.holdfast.dataplane.relay.RelayOptions.Listen;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class PortsTest {
  private final int first = FreePorts.next();
  private final int second = FreePorts.next();
  private final int third = FreePorts.next();

  PortsTest() throws Exception {}

  @Test
  @DisplayName("S2 one relay listens on several ports, and tells of each")
  void several() throws Exception {
    try (var backend = TestBackend.saying("x");
        var relay = new RelayFixture(options(first, second, third)).open(backend.port())) {
      for (var port : List.of(first, second, third)) {
        soon().until(() -> isOpen(relay, port));
        try (var client = RelayFixture.connect(port)) {
          assertThat(client.getInputStream().read()).isEqualTo('x');
        }
      }
    }
  }

  @Test
  @DisplayName("a port that is added or taken out touches nobody elsewhere, nor who is connected")
  void changes() throws Exception {
    try (var backend = TestBackend.echo();
        var relay = new RelayFixture(options(first, second)).open(backend.port())) {
      soon().until(() -> isOpen(relay, first) && isOpen(relay, second));
      try (var stays = RelayFixture.connect(first);
          var onceThere = RelayFixture.connect(second)) {
        say(stays);
        say(onceThere);
        relay.server.configure(options(first, third));
        soon().until(() -> isOpen(relay, third) && !isOpen(relay, second));

        assertThatThrownBy(() -> RelayFixture.connect(second).close())
            .isInstanceOf(ConnectException.class);
        say(stays);
        say(onceThere);
        try (var added = RelayFixture.connect(third);
            var another = RelayFixture.connect(first)) {
          say(added);
          say(another);
        }
      }
      assertThat(relay.listenerStates)
          .containsExactly(
              new ListenerState.Open("127.0.0.1", first),
              new ListenerState.Open("127.0.0.1", second),
              new ListenerState.Open("127.0.0.1", third),
              new ListenerState.Closed());
    }
  }

  @Test
  @DisplayName("F24 a port that is taken is told, and the others are served; later it is, too")
  void oneTaken() throws Exception {
    try (var backend = TestBackend.echo();
        var taken = new ServerSocket(second, 1, InetAddress.getByName("127.0.0.1"));
        var relay = new RelayFixture(options(first, second, third)).open(backend.port())) {
      soon().until(() -> isOpen(relay, first) && isOpen(relay, third));
      assertThat(relay.listener(listen(second)))
          .isInstanceOfSatisfying(
              ListenerState.Failed.class,
              failed -> assertThat(failed.message()).contains(String.valueOf(second)));
      try (var client = RelayFixture.connect(third)) {
        say(client);
        taken.close();
        soon().until(() -> isOpen(relay, second));
        say(client);
      }
    }
  }

  @Test
  @DisplayName("a port that could not be had and is not asked for any more is told as closed")
  void givenUp() throws Exception {
    try (var backend = TestBackend.echo();
        var taken = new ServerSocket(second, 1, InetAddress.getByName("127.0.0.1"));
        var relay = new RelayFixture(options(first, second)).open(backend.port())) {
      soon().until(() -> relay.listener(listen(second)) instanceof ListenerState.Failed);
      relay.server.configure(options(first));
      soon().until(() -> relay.listener(listen(second)) instanceof ListenerState.Closed);
      assertThat(isOpen(relay, first)).isTrue();
      assertThat(taken.isClosed()).isFalse();
    }
  }

  @Test
  @DisplayName("Refuse closes all ports, and each is told")
  void refuses() throws Exception {
    try (var backend = TestBackend.echo();
        var relay = new RelayFixture(options(first, second)).open(backend.port())) {
      soon().until(() -> isOpen(relay, first) && isOpen(relay, second));
      relay.server.admit(new Admission.Refuse());
      soon().until(() -> !isOpen(relay, first) && !isOpen(relay, second));
      for (var port : List.of(first, second)) {
        assertThatThrownBy(() -> RelayFixture.connect(port).close())
            .isInstanceOf(ConnectException.class);
      }
    }
  }

  private static boolean isOpen(RelayFixture relay, int port) {
    return relay.listener(listen(port)) instanceof ListenerState.Open;
  }

  private static Listen listen(int port) {
    return new Listen("127.0.0.1", port);
  }

  private static RelayOptions options(Integer... ports) {
    return RelayOptions.defaults("test/ports", "127.0.0.1", 0)
        .withListen(Stream.of(ports).map(PortsTest::listen).toList());
  }

  private static void say(Socket client) throws Exception {
    client.getOutputStream().write(42);
    assertThat(client.getInputStream().read()).isEqualTo(42);
  }
}
