package dev.holdfast.faults.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients of many addresses, two of each. Each comes, says a few lines to any replica on any port,
 * goes, and comes again after a while. Its connections are named {@code REPLICA.KEY.NUMBER}.
 */
final class StickClientProgram {
  /** Beside those of the hosts; from here on all are this host's. */
  static final String NETWORK = "10.87.64.0/18";

  private static final int CLIENTS_OF_A_KEY = 2;
  private static final int MOST_LINES = 12;
  private static final int LONGEST_REST_MILLIS = 8_000;

  private record Replica(String name, String host) {
    static Replica parse(String text) {
      var equals = text.indexOf('=');
      return new Replica(text.substring(0, equals), text.substring(equals + 1));
    }
  }

  private final Duration pause;
  private final List<Replica> replicas;
  private final AtomicLong connections = new AtomicLong();

  private StickClientProgram(Duration pause, List<Replica> replicas) {
    this.pause = pause;
    this.replicas = replicas;
  }

  /**
   * @param args how many keys, milliseconds between two lines, and replicas, as {@code NAME=HOST}
   */
  static void main(String[] args) throws InterruptedException {
    var replicas = Arrays.stream(args).skip(2).map(Replica::parse).toList();
    var clients = new StickClientProgram(Duration.ofMillis(Long.parseLong(args[1])), replicas);
    var last = Thread.currentThread();
    for (var key = 0; key < Integer.parseInt(args[0]); key++) {
      for (var client = 0; client < CLIENTS_OF_A_KEY; client++) {
        var own = key;
        last = Thread.ofVirtual().start(() -> clients.comeAndGo(own));
      }
    }
    last.join();
  }

  private void comeAndGo(int key) {
    try {
      while (true) {
        Thread.sleep(ThreadLocalRandom.current().nextInt(LONGEST_REST_MILLIS));
        try (var socket = new Socket()) {
          visit(key, socket);
        } catch (IOException cut) {
          // as the balancer does
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts clients", e);
    }
  }

  private void visit(int key, Socket socket) throws IOException, InterruptedException {
    var random = ThreadLocalRandom.current();
    var replica = replicas.get(random.nextInt(replicas.size()));
    var port = StickScene.PORTS.get(random.nextInt(StickScene.PORTS.size()));
    socket.bind(new InetSocketAddress(address(key), 0));
    var name = "%s.%d.%d".formatted(replica.name(), key, connections.incrementAndGet());
    var to = new InetSocketAddress(replica.host(), port);
    var conversation = new Conversation(name, replica.name(), pause, socket, to);
    conversation.converse(1 + random.nextInt(MOST_LINES));
  }

  private static String address(int key) {
    return "10.87.%d.%d".formatted(64 + key / 250, 1 + key % 250);
  }
}
