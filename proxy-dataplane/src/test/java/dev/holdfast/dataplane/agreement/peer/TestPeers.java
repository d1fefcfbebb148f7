package dev.holdfast.dataplane.agreement.peer;

import dev.holdfast.dataplane.admin.access.TestAuthority;
import dev.holdfast.dataplane.config.ResourceKey;
import dev.holdfast.dataplane.metrics.PrometheusText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Networks on loopback, with certificates of an authority of their own. */
public final class TestPeers implements AutoCloseable {
  static final String UID = "uid-1";
  static final Duration SOON = Duration.ofSeconds(20);

  final TestAuthority authority = new TestAuthority();
  private final Path directory;
  private final PeerLimits limits;
  private final Map<String, TlsPeerNetwork> networks = new TreeMap<>();

  public TestPeers(Path directory) throws Exception {
    this(directory, PeerLimits.standard());
  }

  TestPeers(Path directory, PeerLimits limits) throws Exception {
    this.directory = directory;
    this.limits = limits;
  }

  static PeerOptions options(String self, String uid, int port, Path tls, PeerLimits limits) {
    var listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    var resource = new ResourceKey("FailoverProxy", "default", "pg");
    return new PeerOptions(self, resource, uid, listen, tls, limits);
  }

  static String certificateName(String peer) {
    return peer + ".peer.pg.default.fop.holdfast";
  }

  /** Starts them, and makes all of them known to each other. */
  public TestPeers start(String... names) throws Exception {
    for (var name : names) {
      start(name, UID, authority.leaf(certificateName(name)), authority);
    }
    introduce();
    return this;
  }

  TlsPeerNetwork start(String name, String uid, TestAuthority.Leaf leaf, TestAuthority issuer)
      throws Exception {
    issuer.write(tlsDir(name), leaf);
    return restart(name, uid, 0);
  }

  /** With the files as they are, on a given port. */
  TlsPeerNetwork restart(String name, String uid, int port) throws IOException {
    var network =
        TlsPeerNetwork.start(options(name, uid, port, tlsDir(name), limits), new Random(1));
    networks.put(name, network);
    return network;
  }

  Path tlsDir(String name) throws IOException {
    return Files.createDirectories(directory.resolve(name));
  }

  void introduce() {
    var addresses = new HashMap<String, PeerAddress>();
    networks.forEach((name, network) -> addresses.put(name, address(network)));
    networks.values().forEach(network -> network.configure(addresses));
  }

  static PeerAddress address(TlsPeerNetwork network) {
    return new PeerAddress("127.0.0.1", network.address().getPort());
  }

  public TlsPeerNetwork get(String name) {
    return networks.get(name);
  }

  /** Answers each question with who asked it and what it said. */
  static void echo(TlsPeerNetwork network) {
    network.answer(
        PeerNetwork.Subject.Vote,
        (from, question) ->
            CompletableFuture.completedStage((from + ":" + new String(question)).getBytes()));
  }

  static CompletableFuture<String> ask(PeerNetwork network, String to, String question) {
    return network
        .ask(to, PeerNetwork.Subject.Vote, question.getBytes(), SOON)
        .thenApply(String::new)
        .toCompletableFuture();
  }

  static String metrics(TlsPeerNetwork network) {
    var text = new PrometheusText();
    network.collect(text);
    return text.toString();
  }

  static String refused(RefusalReason reason, int count) {
    return "reason=\"" + reason + "\",resource=\"default/pg\"} " + count + "\n";
  }

  @Override
  public void close() {
    networks.values().forEach(TlsPeerNetwork::close);
  }
}
