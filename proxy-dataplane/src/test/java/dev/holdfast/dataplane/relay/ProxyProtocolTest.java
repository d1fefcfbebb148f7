package dev.holdfast.dataplane.relay;

import static dev.holdfast.dataplane.relay.RelayFixture.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.FreePorts;
import dev.holdfast.dataplane.relay.proxyprotocol.Network;
import dev.holdfast.dataplane.relay.proxyprotocol.ProxyProtocol;
import dev.holdfast.dataplane.relay.proxyprotocol.ProxyProtocol.Accept;
import dev.holdfast.dataplane.relay.proxyprotocol.ProxyProtocol.Send;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NoLeaks.class)
class ProxyProtocolTest {
  private static final RelayOptions OPTIONS = RelayOptions.defaults("test/proxy", "127.0.0.1", 0);
  private static final String HEADER = "PROXY TCP4 192.0.2.7 198.51.100.1 5001 443\r\n";
  private static final String V2 = "0d0a0d0a000d0a515549540a";

  @Test
  @DisplayName("F29 a header's client is told to the backend and to the access log")
  void told() throws Exception {
    try (var backend = TestBackend.echo();
        var relay = relay(Accept.Required, Send.V1, "127.0.0.0/8").open(backend.port())) {
      assertThat(answer(relay, HEADER + "hello")).isEqualTo(HEADER + "hello");
      soon().until(() -> !relay.accessEntries.isEmpty());
      assertThat(relay.accessEntries.peek().client().toString()).isEqualTo("/192.0.2.7:5001");
    }
  }

  @Test
  @DisplayName("a header is read whole however its bytes come, and the first payload with it")
  void inPieces() throws Exception {
    try (var backend = TestBackend.echo();
        var relay = relay(Accept.Required, Send.None, "127.0.0.0/8").open(backend.port());
        var client = relay.connect()) {
      client.setTcpNoDelay(true);
      for (var piece : (HEADER + "hello").split("(?<=\\G.{3})")) {
        client.getOutputStream().write(piece.getBytes());
      }
      client.shutdownOutput();
      assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("hello");
    }
  }

  @Test
  @DisplayName("version 2 is read too, its extensions are skipped, and IPv6 is written as IPv6")
  void version2() throws Exception {
    var addresses = "20010db8000000000000000000000007" + "20010db8000000000000000000000001";
    var header = V2 + "21" + "21" + "0029" + addresses + "1389" + "01bb" + "040002aabb";
    try (var backend = TestBackend.echo();
        var relay = relay(Accept.Required, Send.V1, "127.0.0.0/8").open(backend.port())) {
      assertThat(answer(relay, HexFormat.of().parseHex(header), "hello"))
          .isEqualTo("PROXY TCP6 2001:db8::7 2001:db8::1 5001 443\r\nhello");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROXY UNKNOWN\r\n", "PROXY UNKNOWN ::1 ::2 1 2\r\n"})
  @DisplayName("an unknown client is taken by the connection's own address")
  void unknown(String header) throws Exception {
    checkOwnAddress(header.getBytes());
  }

  @Test
  @DisplayName("a load balancer's own connection (LOCAL) is taken by its own address")
  void local() throws Exception {
    checkOwnAddress(HexFormat.of().parseHex(V2 + "20" + "00" + "0000"));
    checkOwnAddress(HexFormat.of().parseHex(V2 + "20" + "11" + "000c" + "00".repeat(12)));
  }

  private static void checkOwnAddress(byte[] header) throws Exception {
    try (var backend = TestBackend.echo();
        var relay = relay(Accept.Required, Send.V1, "127.0.0.0/8").open(backend.port());
        var client = relay.connect()) {
      client.getOutputStream().write(header);
      client.shutdownOutput();
      assertThat(client.getInputStream().readAllBytes())
          .asString()
          .isEqualTo(
              "PROXY TCP4 127.0.0.1 127.0.0.1 %d %d\r\n"
                  .formatted(client.getLocalPort(), relay.port()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "PROXY TCP4 192.0.2.7\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 5001 99999\r\n",
        "PROXY TCP4 nobody.example 198.51.100.1 5001 443\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 5001 443 and so on, far beyond what one line may hold,"
            + " which is one hundred and seven bytes\r\n"
      })
  @DisplayName("F29 a missing or malformed header closes the client, and no backend hears of it")
  void malformed(String bytes) throws Exception {
    try (var backend = TestBackend.echo();
        var relay = relay(Accept.Required, Send.None, "127.0.0.0/8").open(backend.port())) {
      assertThat(answer(relay, bytes)).isEmpty();
      checkRejected(relay, "BadProxyHeader");
      assertThat(backend.connections).hasValue(0);
    }
  }

  @Test
  @DisplayName("version 2 with a wrong version, or too long for its extensions, is malformed")
  void malformedVersion2() throws Exception {
    for (var rest : List.of("31" + "11" + "000c" + "00".repeat(12), "21" + "11" + "ffff")) {
      try (var backend = TestBackend.echo();
          var relay = relay(Accept.Optional, Send.None, "127.0.0.0/8").open(backend.port())) {
        var padded = HexFormat.of().parseHex(V2 + rest + "00".repeat(8_000));
        assertThat(answer(relay, padded, "")).isEmpty();
        checkRejected(relay, "BadProxyHeader");
      }
    }
  }

  @Test
  @DisplayName("half a header is waited for until the deadline, and no longer")
  void deadline() throws Exception {
    for (var half : List.of("", "PROXY TCP4 192")) {
      try (var relay =
              new RelayFixture(
                  OPTIONS.withProxyProtocol(
                      new ProxyProtocol(
                          Accept.Required,
                          Send.None,
                          List.of(Network.parse("127.0.0.0/8")),
                          Duration.ofMillis(100))));
          var client = relay.open(FreePorts.next()).connect()) {
        client.getOutputStream().write(half.getBytes());
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        checkRejected(relay, "BadProxyHeader");
        assertThat(relay.failures).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\n\r\n", "P", "PROXIMITY", "", "\r\n\r\n"})
  @DisplayName("where headers are optional, other bytes are payload, even a signature's beginning")
  void optional(String payload) throws Exception {
    try (var backend = TestBackend.echo();
        var relay = relay(Accept.Optional, Send.None, "127.0.0.0/8").open(backend.port())) {
      assertThat(answer(relay, payload)).isEqualTo(payload);
      assertThat(answer(relay, HEADER + payload)).isEqualTo(payload);
    }
  }

  @Test
  @DisplayName("where headers are optional, a client that waits for the backend's word gets it")
  void serverFirst() throws Exception {
    try (var backend = TestBackend.saying("welcome");
        var relay = relay(Accept.Optional, Send.None, "127.0.0.0/8").open(backend.port());
        var client = relay.connect()) {
      assertThat(client.getInputStream().readNBytes(7)).asString().isEqualTo("welcome");
    }
  }

  @Test
  @DisplayName("F29 a header of somebody not trusted is not believed: it is payload, or is closed")
  void untrusted() throws Exception {
    try (var backend = TestBackend.echo();
        var optional = relay(Accept.Optional, Send.None, "10.0.0.0/8").open(backend.port());
        var required = relay(Accept.Required, Send.None, "10.0.0.0/8").open(backend.port())) {
      assertThat(answer(optional, HEADER + "x")).isEqualTo(HEADER + "x");
      try (var client = required.connect()) {
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
      checkRejected(required, "UntrustedSource");
    }
  }

  @ParameterizedTest
  @EnumSource(value = Send.class, mode = EnumSource.Mode.EXCLUDE, names = "None")
  @DisplayName("F29 a backend gets the header first, then the client's bytes, held ones included")
  void sent(Send version) throws Exception {
    try (var backend = TestBackend.echo();
        var relay = relay(Accept.Never, version, "127.0.0.0/8");
        var client = holding(relay).connect()) {
      client.getOutputStream().write("held".getBytes());
      soon().until(() -> relay.server.counts().held() == 1);
      relay.open(backend.port());
      client.shutdownOutput();
      var got = client.getInputStream().readAllBytes();

      assertThat(got).endsWith("held".getBytes());
      var ports = HexFormat.of().toHexDigits((char) client.getLocalPort());
      ports += HexFormat.of().toHexDigits((char) relay.port());
      assertThat(version == Send.V1 ? new String(got) : HexFormat.of().formatHex(got))
          .startsWith(
              version == Send.V1
                  ? "PROXY TCP4 127.0.0.1 127.0.0.1 " + client.getLocalPort()
                  : V2 + "2111000c" + "7f000001".repeat(2) + ports);
    }
  }

  private static RelayFixture holding(RelayFixture relay) {
    relay.server.admit(new Admission.Hold());
    return relay;
  }

  private static RelayFixture relay(Accept accept, Send send, String trusted) {
    return new RelayFixture(
        OPTIONS.withProxyProtocol(
            new ProxyProtocol(
                accept, send, List.of(Network.parse(trusted)), Duration.ofSeconds(2))));
  }

  private static void checkRejected(RelayFixture relay, String end) {
    soon().until(() -> !relay.accessEntries.isEmpty());
    assertThat(relay.accessEntries).singleElement().returns(end, entry -> entry.end());
    assertThat(relay.server.counts().rejected()).isEqualTo(1);
  }

  private static String answer(RelayFixture relay, String bytes) throws Exception {
    return answer(relay, bytes.getBytes(), "");
  }

  /** What comes back until the end; nothing when it ends as a reset. */
  private static String answer(RelayFixture relay, byte[] header, String rest) throws Exception {
    try (Socket client = relay.connect()) {
      client.getOutputStream().write(header);
      client.getOutputStream().write(rest.getBytes());
      client.shutdownOutput();
      return new String(client.getInputStream().readAllBytes());
    } catch (SocketException reset) {
      return "";
    }
  }
}
