package dev.holdfast.dataplane.agreement.peer;

import static dev.holdfast.dataplane.agreement.peer.TestPeers.SOON;
import static dev.holdfast.dataplane.agreement.peer.TestPeers.UID;
import static dev.holdfast.dataplane.agreement.peer.TestPeers.ask;
import static dev.holdfast.dataplane.agreement.peer.TestPeers.certificateName;
import static dev.holdfast.dataplane.agreement.peer.TestPeers.echo;
import static dev.holdfast.dataplane.agreement.peer.TestPeers.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.dataplane.admin.access.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in, and who is not. Everybody here dials peer "a". */
class PeerDoorTest {
  @TempDir Path directory;
  private TestPeers peers;
  private TlsPeerNetwork network;

  @BeforeEach
  void start() throws Exception {
    begin(PeerLimits.standard());
  }

  private void begin(PeerLimits limits) throws Exception {
    peers = new TestPeers(directory, limits);
    network = peers.start("a").get("a");
    network.configure(Map.of("b", new PeerAddress("127.0.0.1", 1)));
    echo(network);
  }

  @AfterEach
  void close() {
    peers.close();
  }

  private static PeerLimits impatient(Duration introducedWithin, int strangers) {
    var usual = PeerLimits.standard();
    return new PeerLimits(
        usual.connectWithin(),
        introducedWithin,
        usual.pingEvery(),
        usual.silentAfter(),
        usual.redialFirst(),
        usual.redialMost(),
        Duration.ofMillis(50),
        usual.waiting(),
        usual.waitingBytes(),
        strangers);
  }

  /** The asker hears no answer, and "a" says and counts why. */
  private void refusesPeer(
      RefusalReason reason, String name, String uid, TestAuthority.Leaf leaf, TestAuthority issuer)
      throws Exception {
    var asker = peers.start(name, uid, leaf, issuer);
    asker.configure(Map.of("a", TestPeers.address(network)));
    var answer = ask(asker, "a", "let me in");
    counts(reason);
    assertThat(answer).isNotCompleted();
  }

  private void counts(RefusalReason reason) {
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(TestPeers.metrics(network))
                .containsPattern("reason=\"" + reason + "\",resource=\"default/pg\"} [1-9]"));
  }

  private Socket dial() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), network.address().getPort());
    socket.setSoTimeout((int) SOON.toMillis());
    return socket;
  }

  private static boolean isClosed(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException reset) {
      return !(reset instanceof SocketTimeoutException);
    }
  }

  @Test
  @DisplayName("A stranger without a certificate is refused")
  void noCertificate() throws Exception {
    var context = peers.authority.client(null);
    try (var socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), network.address().getPort())) {
      socket.setSoTimeout((int) SOON.toMillis());
      socket.startHandshake();
      assertThat(isClosed(socket)).isTrue();
    }
    counts(RefusalReason.NoCertificate);
  }

  @Test
  @DisplayName("A certificate of another authority is refused")
  void foreign() throws Exception {
    var other = new TestAuthority();
    var bundle = peers.tlsDir("b");
    other.write(bundle, other.leaf(certificateName("b")), peers.authority);
    var asker = peers.restart("b", UID, 0);
    asker.configure(Map.of("a", TestPeers.address(network)));
    var answer = ask(asker, "a", "let me in");
    counts(RefusalReason.Untrusted);
    assertThat(answer).isNotCompleted();
  }

  @Test
  @DisplayName("An expired certificate is refused")
  void expired() throws Exception {
    var leaf = peers.authority.expiredLeaf(certificateName("b"));
    refusesPeer(RefusalReason.Expired, "b", UID, leaf, peers.authority);
  }

  @Test
  @DisplayName("A certificate that covers another peer's name is refused")
  void otherName() throws Exception {
    var leaf = peers.authority.leaf(certificateName("c"), "b", "b.peer.other.default.fop.holdfast");
    refusesPeer(RefusalReason.WrongName, "b", UID, leaf, peers.authority);
  }

  @Test
  @DisplayName("A peer of another resource is refused by its uid")
  void otherResource() throws Exception {
    var leaf = peers.authority.leaf(certificateName("b"));
    refusesPeer(RefusalReason.WrongResource, "b", "uid-2", leaf, peers.authority);
  }

  @Test
  @DisplayName("A peer that is not configured is refused, also with a good certificate")
  void notConfigured() throws Exception {
    var leaf = peers.authority.leaf(certificateName("d"));
    refusesPeer(RefusalReason.UnknownPeer, "d", UID, leaf, peers.authority);
  }

  @Test
  @DisplayName("Whoever dials refuses too: another peer answers at that address")
  void dialledAnother() throws Exception {
    peers.start("b");
    var asker = peers.get("b");
    asker.configure(Map.of("c", TestPeers.address(network)));
    var answer = ask(asker, "c", "are you c?");
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(TestPeers.metrics(asker))
                .containsPattern("reason=\"WrongName\",resource=\"default/pg\"} [1-9]"));
    assertThat(answer).isNotCompleted();
  }

  @Test
  @DisplayName("Bytes that are no TLS are refused")
  void garbage() throws Exception {
    try (var socket = dial()) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes());
      assertThat(isClosed(socket)).isTrue();
    }
    counts(RefusalReason.NotTls);
  }

  @Test
  @DisplayName("A peer that sends nonsense inside TLS is refused")
  void nonsense() throws Exception {
    var context = peers.authority.client(peers.authority.leaf(certificateName("b")));
    try (var socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), network.address().getPort())) {
      socket.setSoTimeout((int) SOON.toMillis());
      socket.getOutputStream().write(new byte[] {127, 127, 127, 127, 1, 2, 3});
      counts(RefusalReason.Protocol);
    }
  }

  @Test
  @DisplayName("Strangers who are slow or many keep nobody out, and are cut")
  void slowAndMany() throws Exception {
    peers.close();
    begin(impatient(Duration.ofSeconds(2), 8));
    var sockets = new ArrayList<Socket>();
    for (int i = 0; i < 40; i++) {
      var socket = dial();
      socket.getOutputStream().write(22);
      sockets.add(socket);
    }
    counts(RefusalReason.TooMany);
    peers.start("b");
    assertThat(ask(peers.get("b"), "a", "hello")).succeedsWithin(SOON).isEqualTo("b:hello");
    for (var socket : sockets) {
      assertThat(isClosed(socket)).isTrue();
      socket.close();
    }
    counts(RefusalReason.TooSlow);
  }

  @Test
  @DisplayName("A listener that accepts and says nothing holds nothing up")
  void mute() throws Exception {
    peers.close();
    begin(impatient(Duration.ofMillis(300), 8));
    try (var mute = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
      network.configure(Map.of("b", new PeerAddress("127.0.0.1", mute.getLocalPort())));
      assertThat(network.ask("b", PeerNetwork.Subject.Vote, new byte[0], Duration.ofMillis(900)))
          .failsWithin(SOON)
          .withThrowableOfType(ExecutionException.class)
          .withMessageContaining("no answer from b within 900ms");
    }
  }

  @Test
  @DisplayName("Certificates and authority are exchanged under traffic, and no question fails")
  void rotation() throws Exception {
    peers.close();
    begin(impatient(Duration.ofSeconds(5), 8));
    peers.start("b");
    var asker = peers.get("b");
    assertThat(ask(asker, "a", "0")).succeedsWithin(SOON);
    var next = new TestAuthority("next authority");
    var asked = new AtomicInteger();
    Runnable traffic =
        () -> {
          for (int i = 0; i < 50; i++) {
            assertThat(ask(asker, "a", "x" + asked.incrementAndGet())).succeedsWithin(SOON);
          }
        };
    for (var name : List.of("a", "b")) {
      var leaf = peers.authority.leaf(certificateName(name));
      peers.authority.write(peers.tlsDir(name), leaf, next);
      traffic.run();
      shows(name, peers.authority, leaf);
    }
    for (var name : List.of("a", "b")) {
      var leaf = next.leaf(certificateName(name));
      next.write(peers.tlsDir(name), leaf, peers.authority);
      traffic.run();
      shows(name, next, leaf);
    }
    asker.configure(Map.of());
    asker.configure(Map.of("a", TestPeers.address(network)));
    traffic.run();
    assertThat(TestPeers.metrics(network)).contains(refused(RefusalReason.Expired, 0));
    assertThat(TestPeers.metrics(network)).contains(refused(RefusalReason.Untrusted, 0));
  }

  @Test
  @DisplayName("Who is connected under an authority that is believed no more is cut off")
  void authorityGone() throws Exception {
    peers.close();
    begin(impatient(Duration.ofSeconds(5), 8));
    peers.start("b");
    assertThat(ask(peers.get("b"), "a", "0")).succeedsWithin(SOON);
    var next = new TestAuthority("next authority");
    next.write(peers.tlsDir("a"), next.leaf(certificateName("a")));
    counts(RefusalReason.Expired);
  }

  /** New connections are shown this certificate. */
  private void shows(String name, TestAuthority issuer, TestAuthority.Leaf leaf) {
    await()
        .atMost(SOON)
        .until(() -> {
          var context = issuer.client(leaf);
          try (var socket =
              (SSLSocket)
                  context
                      .getSocketFactory()
                      .createSocket(
                          InetAddress.getLoopbackAddress(), peers.get(name).address().getPort())) {
            socket.setSoTimeout((int) SOON.toMillis());
            return socket.getSession().isValid()
                && socket.getSession().getPeerCertificates()[0].equals(leaf.certificate());
          }
        });
  }
}
