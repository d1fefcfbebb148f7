package dev.holdfast.faults.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The clients of one replica: one that keeps its connection, one that makes many, and one that
 * sends on without waiting for answers.
 */
final class ClientProgram {
  private static final InetSocketAddress REPLICA =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), FailoverScene.PORT);
  private static final int BRIEF_LINES = 3;

  private final String replica;
  private final Duration pause;
  private final AtomicLong connections = new AtomicLong();

  private ClientProgram(String replica, Duration pause) {
    this.replica = replica;
    this.pause = pause;
  }

  /**
   * @param args the replica's name, and milliseconds between two lines
   */
  static void main(String[] args) throws InterruptedException {
    var clients = new ClientProgram(args[0], Duration.ofMillis(Long.parseLong(args[1])));
    Thread.ofPlatform().start(() -> clients.repeat(out -> out.converse(Long.MAX_VALUE)));
    Thread.ofPlatform().start(() -> clients.repeat(out -> out.converse(BRIEF_LINES)));
    Thread.ofPlatform().start(() -> clients.repeat(Conversation::stream)).join();
  }

  private interface Behaviour {
    void run(Conversation conversation) throws IOException, InterruptedException;
  }

  private void repeat(Behaviour behaviour) {
    try {
      while (true) {
        try (var socket = new Socket()) {
          var name = replica + "." + connections.incrementAndGet();
          behaviour.run(new Conversation(name, replica, pause, socket, REPLICA));
        } catch (IOException cut) {
          // as the proxy does
        }
        Thread.sleep(pause.multipliedBy(2));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts clients", e);
    }
  }
}
