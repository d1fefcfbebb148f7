package dev.holdfast.dataplane.relay;

import static dev.holdfast.dataplane.relay.RelayFixture.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.relay.RelayOptions.FirstBytes;
import dev.holdfast.dataplane.relay.RelayOptions.FirstBytes.OnShort;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class FirstBytesTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final byte[] NONE = {};

  private final BlockingQueue<byte[]> shown = new LinkedBlockingQueue<>();

  @Test
  @DisplayName("S17 a client is routed by the slice of what it says first, and all is passed on")
  void slice() throws Exception {
    try (var backend = TestBackend.echo();
        var relay = routing(backend.port(), new FirstBytes(4, 8, LONG, OnShort.Reject));
        var client = relay.connect()) {
      client.getOutputStream().write("sip:user@host".getBytes());
      client.shutdownOutput();
      assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("sip:user@host");
      assertThat(shown.remove()).asString().isEqualTo("user");
    }
  }

  @Test
  @DisplayName("S18 a client that sends byte by byte is routed when it has said enough")
  void byteByByte() throws Exception {
    try (var backend = TestBackend.echo();
        var relay = routing(backend.port(), new FirstBytes(1, 6, LONG, OnShort.Reject));
        var client = relay.connect()) {
      client.setTcpNoDelay(true);
      for (var i = 1; i <= 5; i++) {
        client.getOutputStream().write(i);
        client.getOutputStream().flush();
      }
      assertThat(shown).isEmpty();
      assertThat(backend.connections).hasValue(0);
      client.getOutputStream().write(6);
      assertThat(client.getInputStream().readNBytes(6)).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(shown.remove()).containsExactly(2, 3, 4, 5, 6);
    }
  }

  @Test
  @DisplayName("S18 where the server speaks first, a client is routed by its address after maxWait")
  void serverSpeaksFirst() throws Exception {
    try (var backend = TestBackend.saying("220 hello");
        var relay = routing(backend.port(), new FirstBytes(0, 4, SHORT, OnShort.UseIP));
        var client = relay.connect()) {
      assertThat(client.getInputStream().readNBytes(9)).asString().isEqualTo("220 hello");
      assertThat(shown.remove()).isEmpty();
    }
  }

  @Test
  @DisplayName("S18 what a client says too late to be routed by is passed on all the same")
  void tooLate() throws Exception {
    try (var backend = TestBackend.echo();
        var relay = routing(backend.port(), new FirstBytes(0, 4, SHORT, OnShort.UseIP));
        var client = relay.connect()) {
      client.getOutputStream().write("ab".getBytes());
      soon().until(() -> !shown.isEmpty());
      client.getOutputStream().write("cdef".getBytes());
      assertThat(client.getInputStream().readNBytes(6)).asString().isEqualTo("abcdef");
      assertThat(shown).containsExactly(NONE);
    }
  }

  @Test
  @DisplayName("S18 a client that ends after too little does not have to wait for its time")
  void endsEarly() throws Exception {
    try (var backend = TestBackend.echo();
        var relay = routing(backend.port(), new FirstBytes(0, 4, LONG, OnShort.UseIP));
        var client = relay.connect()) {
      client.getOutputStream().write("ab".getBytes());
      client.shutdownOutput();
      assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("ab");
      assertThat(shown).containsExactly(NONE);
    }
  }

  @Test
  @DisplayName("S18 under Reject a client that says too little is closed, and counted as such")
  void rejects() throws Exception {
    try (var backend = TestBackend.echo();
        var relay = routing(backend.port(), new FirstBytes(0, 4, SHORT, OnShort.Reject))) {
      try (var silent = relay.connect();
          var brief = relay.connect()) {
        brief.getOutputStream().write("ab".getBytes());
        brief.shutdownOutput();
        assertThat(brief.getInputStream().read()).isEqualTo(-1);
        assertThat(silent.getInputStream().read()).isEqualTo(-1);
      }
      soon().until(() -> relay.accessEntries.size() == 2);
      assertThat(relay.accessEntries).allMatch(entry -> entry.end().equals("FirstBytesMissing"));
      assertThat(backend.connections).hasValue(0);
      assertThat(shown).isEmpty();
    }
  }

  @Test
  @DisplayName("a client that resets while it has not said enough gives its place back at once")
  void leaves() throws Exception {
    try (var backend = TestBackend.echo();
        var relay = routing(backend.port(), new FirstBytes(0, 4, LONG, OnShort.UseIP))) {
      try (var client = relay.connect()) {
        client.getOutputStream().write(1);
        soon().until(() -> relay.server.counts().clients() == 1);
        client.setSoLinger(true, 0);
      }
      soon().until(() -> relay.server.counts().clients() == 0);
      assertThat(shown).isEmpty();
    }
  }

  private RelayFixture routing(int backend, FirstBytes firstBytes) {
    var options = RelayOptions.defaults("test/first", "127.0.0.1", 0).withFirstBytes(firstBytes);
    var relay = new RelayFixture(options);
    var target = new Target("blue", "127.0.0.1", backend, 0, RelayFixture.CONNECT_TIMEOUT);
    relay.server.admit(
        new Admission.Routed(visit -> {
          shown.add(visit.firstBytes());
          return new Admission.Open(target, Lease.forever(), Claim.NONE);
        }));
    return relay;
  }
}
