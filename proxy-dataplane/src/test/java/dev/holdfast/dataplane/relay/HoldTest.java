package dev.holdfast.dataplane.relay;

import static dev.holdfast.dataplane.relay.RelayFixture.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class HoldTest {
  private static final RelayOptions OPTIONS = RelayOptions.defaults("test/hold", "127.0.0.1", 0);
  private static final int CLIENTS = 20;

  @Test
  @DisplayName("held clients are let go in the order they came, with every byte they sent")
  void inOrder() throws Exception {
    try (var backend = new ServerSocket(0, CLIENTS, InetAddress.getLoopbackAddress());
        var relay = new RelayFixture(OPTIONS, 1)) {
      relay.server.admit(new Admission.Hold());
      var clients = new ArrayList<Socket>();
      for (var i = 0; i < CLIENTS; i++) {
        clients.add(relay.connect());
        clients.getLast().getOutputStream().write(i);
        var held = i + 1;
        soon().until(() -> relay.server.counts().held() == held);
      }
      relay.open(RelayFixture.target(backend.getLocalPort(), 1));

      for (var i = 0; i < CLIENTS; i++) {
        try (var connection = backend.accept()) {
          assertThat(connection.getInputStream().read()).isEqualTo(i);
        }
      }
      closeAll(clients);
    }
  }

  @Test
  @DisplayName("no more clients are held than allowed; the next one is closed and counted")
  void bounded() throws Exception {
    var limits = new RelayOptions.Limits(0, 0, 2, 0);
    try (var relay = new RelayFixture(OPTIONS.withLimits(limits))) {
      relay.server.admit(new Admission.Hold());
      try (var first = relay.connect();
          var second = relay.connect()) {
        soon().until(() -> relay.server.counts().held() == 2);
        try (var third = relay.connect()) {
          assertThat(third.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(relay.server.counts().rejected()).isEqualTo(1);
        assertThat(relay.server.counts().held()).isEqualTo(2);
        assertThat(List.of(first, second)).noneMatch(Socket::isClosed);
      }
    }
  }

  @Test
  @DisplayName("a client is held no longer than told")
  void notForEver() throws Exception {
    var waits =
        new RelayOptions.Waits(
            Duration.ofMillis(150), Duration.ofSeconds(30), Duration.ZERO, Duration.ZERO);
    try (var relay = new RelayFixture(OPTIONS.withWaits(waits))) {
      relay.server.admit(new Admission.Hold());
      try (var client = relay.connect()) {
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
      soon().until(() -> relay.server.counts().clients() == 0);
      assertThat(relay.server.counts().rejected()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("a held client that resets gives its place back")
  void leaves() throws Exception {
    try (var relay = new RelayFixture(OPTIONS)) {
      relay.server.admit(new Admission.Hold());
      try (var client = relay.connect()) {
        soon().until(() -> relay.server.counts().held() == 1);
        client.setSoLinger(true, 0);
      }
      soon().until(() -> relay.server.counts().held() == 0);
      soon().until(() -> relay.server.counts().clients() == 0);
    }
  }

  @Test
  @DisplayName("a held client that resets after it has sent something gives its place back, too")
  void leavesWithBytes() throws Exception {
    try (var relay = new RelayFixture(OPTIONS)) {
      relay.server.admit(new Admission.Hold());
      try (var client = relay.connect()) {
        client.getOutputStream().write("early".getBytes());
        soon().until(() -> relay.server.counts().held() == 1);
        client.setSoLinger(true, 0);
      }
      soon().until(() -> relay.server.counts().held() == 0 && !relay.accessEntries.isEmpty());
      assertThat(relay.accessEntries).singleElement().returns("Gone", entry -> entry.end());
    }
  }

  @Test
  @DisplayName("what a held client sends beyond the bound waits in its socket, and nothing is lost")
  void muchHeld() throws Exception {
    var length = 3_000_000;
    try (var backend = TestBackend.echo();
        var relay = new RelayFixture(OPTIONS);
        var client = RelayFixture.connect(holding(relay))) {
      var sent =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  new Stream(7).write(client.getOutputStream(), length);
                  client.shutdownOutput();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      soon().until(() -> relay.server.counts().held() == 1);
      relay.open(RelayFixture.target(backend.port(), 1));

      assertThat(new Stream(7).check(client.getInputStream(), new byte[9_999])).isEqualTo(length);
      sent.join();
    }
  }

  @Test
  @DisplayName("a held client that has ended its side is still served")
  void endedWhileHeld() throws Exception {
    try (var backend = TestBackend.echo();
        var relay = new RelayFixture(OPTIONS)) {
      relay.server.admit(new Admission.Hold());
      try (var silent = relay.connect();
          var talker = relay.connect()) {
        silent.shutdownOutput();
        talker.getOutputStream().write("early".getBytes());
        talker.shutdownOutput();
        soon().until(() -> relay.server.counts().held() == 2);
        relay.open(RelayFixture.target(backend.port(), 1));

        assertThat(silent.getInputStream().readAllBytes()).isEmpty();
        assertThat(talker.getInputStream().readAllBytes()).asString().isEqualTo("early");
      }
    }
  }

  @Test
  @DisplayName("under Close a client is accepted and closed at once")
  void closes() throws Exception {
    try (var relay = new RelayFixture(OPTIONS)) {
      relay.server.admit(new Admission.Close());
      try (var client = relay.connect()) {
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
      assertThat(relay.server.counts().rejected()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("a held client is cut when the relay closes")
  void cutOnClose() throws Exception {
    try (var relay = new RelayFixture(OPTIONS)) {
      relay.server.admit(new Admission.Hold());
      try (var client = relay.connect()) {
        client.getOutputStream().write(1);
        soon().until(() -> relay.server.counts().held() == 1);
        relay.server.close();
        assertThat(relay.server.counts().clients()).isZero();
        assertThatThrownBy(() -> client.getInputStream().read())
            .isInstanceOf(SocketException.class);
      }
    }
  }

  private static int holding(RelayFixture relay) {
    relay.server.admit(new Admission.Hold());
    return relay.port();
  }

  private static void closeAll(List<Socket> clients) throws Exception {
    for (var client : clients) {
      client.close();
    }
  }
}
