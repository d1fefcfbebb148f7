package dev.holdfast.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Three {@code holdfast run} that share a table: the first on 127.0.0.1, the second on 127.0.0.2
 * and so on, all on the same ports, as tcpffee's are.
 */
final class SharedTable implements AutoCloseable {
  static final int SIZE = 3;
  private static final Duration DEADLINE = Duration.ofSeconds(90);
  private static final int PATIENCE_MILLIS = 20_000;

  final List<PeerProcess> replicas = new ArrayList<>();
  private final List<Integer> probes = new ArrayList<>();

  /** What one of them runs. */
  interface Manifest {

    /**
     * @param address where it listens
     * @param peers of all, in their order
     */
    String text(String address, List<Integer> peers) throws IOException;
  }

  /**
   * @param prefix of their names, which go on with 0, 1 and 2
   * @param resource such as {@code game.default.stb}
   */
  SharedTable(String prefix, String resource, Path directory, Manifest manifest) throws Exception {
    var certificates = new PeerCertificates();
    var peers = new ArrayList<Integer>();
    for (int i = 0; i < SIZE; i++) {
      peers.add(Client.freePort());
    }
    for (int i = 0; i < SIZE; i++) {
      probes.add(Client.freePort());
      replicas.add(
          new PeerProcess(
              prefix + i,
              resource,
              directory,
              certificates,
              manifest.text(address(i), peers),
              "--probe-port",
              Integer.toString(probes.get(i))));
    }
  }

  static String address(int replica) {
    return "127.0.0." + (replica + 1);
  }

  void start() throws IOException {
    for (var replica : replicas) {
      replica.start();
    }
  }

  boolean isReady(int replica) {
    try {
      return Http.get(probes.get(replica), "/readyz").statusCode() == 200;
    } catch (IOException notThere) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void awaitReady() {
    for (int i = 0; i < SIZE; i++) {
      var replica = i;
      await(replicas.get(i).name + " is ready", () -> isReady(replica));
    }
  }

  /** Which of them leads, once one does. */
  PeerProcess leader() {
    await("one leads", () -> replicas.stream().anyMatch(PeerProcess::leads));
    return replicas.stream().filter(PeerProcess::leads).findFirst().orElseThrow();
  }

  /**
   * Comes from an address, and leaves when it has been answered.
   *
   * @param source such as {@code 127.1.0.1}
   * @param word said first; empty for a client that waits for the server
   * @return the first line that came; empty for a client that was not served
   */
  static Optional<String> visit(String source, String replica, int port, String word) {
    try (var socket = new Socket()) {
      socket.bind(new InetSocketAddress(source, 0));
      socket.connect(new InetSocketAddress(replica, port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      if (!word.isEmpty()) {
        socket.getOutputStream().write((word + "\n").getBytes());
      }
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
      return Optional.ofNullable(in.readLine());
    } catch (IOException cut) {
      return Optional.empty();
    }
  }

  /** As {@link #visit}, again and again until it is answered. */
  String served(String source, int replica, int port, String word) {
    var answer = new ArrayList<String>();
    await(
        source + " is served by " + replicas.get(replica).name,
        () -> answer.addAll(visit(source, address(replica), port, word).stream().toList()));
    return answer.getFirst();
  }

  void await(String what, Callable<Boolean> condition) {
    try {
      Awaitility.await(what).atMost(DEADLINE).pollInterval(Duration.ofMillis(50)).until(condition);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          replicas.stream()
              .map(PeerProcess::log)
              .collect(Collectors.joining("\n", what + "\n", "")),
          e);
    }
  }

  @Override
  public void close() {
    replicas.forEach(PeerProcess::close);
  }
}
