package dev.holdfast.faults.lab;

import dev.holdfast.faults.record.Observation.Answered;
import dev.holdfast.faults.record.Observation.Opened;
import dev.holdfast.faults.record.Observation.Sent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The clients of one replica: one that keeps its connection, one that makes many, and one that
 * sends on without waiting for answers. Each notes what it sends and what is answered.
 */
final class ClientProgram {
  private static final InetSocketAddress REPLICA =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), Manifest.PORT);
  private static final int CONNECT_MILLIS = 5_000;
  private static final int ANSWER_MILLIS = 20_000;
  private static final int BRIEF_LINES = 3;

  private final String replica;
  private final long pauseMillis;
  private final AtomicLong connections = new AtomicLong();

  private ClientProgram(String replica, long pauseMillis) {
    this.replica = replica;
    this.pauseMillis = pauseMillis;
  }

  /**
   * @param args the replica's name, and milliseconds between two lines
   */
  static void main(String[] args) throws InterruptedException {
    var clients = new ClientProgram(args[0], Long.parseLong(args[1]));
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
          behaviour.run(new Conversation(socket));
        } catch (IOException cut) {
          // as the proxy does
        }
        Thread.sleep(2 * pauseMillis);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts clients", e);
    }
  }

  private final class Conversation {
    private final String name = replica + "." + connections.incrementAndGet();
    private final Socket socket;
    private final BufferedReader in;

    Conversation(Socket socket) throws IOException {
      this.socket = socket;
      Notes.write(new Opened(System.nanoTime(), name, replica));
      socket.connect(REPLICA, CONNECT_MILLIS);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(ANSWER_MILLIS);
      in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
    }

    void converse(long lines) throws IOException, InterruptedException {
      for (var line = 1L; line <= lines; line++) {
        send(line);
        answer();
        Thread.sleep(pauseMillis);
      }
    }

    void stream() throws IOException, InterruptedException {
      var answers = Thread.ofVirtual().start(this::answers);
      for (var line = 1L; answers.isAlive(); line++) {
        send(line);
        Thread.sleep(pauseMillis);
      }
    }

    private void send(long line) throws IOException {
      Notes.write(new Sent(System.nanoTime(), name, line));
      var text = name + " " + line + " .\n";
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void answer() throws IOException {
      var text = in.readLine();
      var at = System.nanoTime();
      if (text == null || !text.endsWith(" .")) {
        throw new IOException("the proxy ended the connection");
      }
      var words = text.split(" ");
      Notes.write(new Answered(at, name, Long.parseLong(words[0]), words[1]));
    }

    private void answers() {
      try {
        while (true) {
          answer();
        }
      } catch (IOException cut) {
        // the sender sees that this thread has ended
      }
    }
  }
}
