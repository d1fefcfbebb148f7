package dev.holdfast.faults.lab;

import dev.holdfast.faults.record.Observation.Answered;
import dev.holdfast.faults.record.Observation.Opened;
import dev.holdfast.faults.record.Observation.Sent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client's connection; notes what it sends and what is answered. */
final class Conversation {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int ANSWER_MILLIS = 20_000;

  private final String name;
  private final Duration pause;
  private final Socket socket;
  private final BufferedReader in;

  /**
   * Connects.
   *
   * @param name of the connection, of no other one
   * @param replica name of whoever listens
   * @param pause between two lines
   */
  Conversation(String name, String replica, Duration pause, Socket socket, InetSocketAddress to)
      throws IOException {
    this.name = name;
    this.pause = pause;
    this.socket = socket;
    Notes.write(new Opened(System.nanoTime(), name, replica));
    socket.connect(to, CONNECT_MILLIS);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(ANSWER_MILLIS);
    in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
  }

  void converse(long lines) throws IOException, InterruptedException {
    for (var line = 1L; line <= lines; line++) {
      send(line);
      answer();
      Thread.sleep(pause);
    }
  }

  /** Sends on without waiting for answers. */
  void stream() throws IOException, InterruptedException {
    var answers = Thread.ofVirtual().start(this::answers);
    for (var line = 1L; answers.isAlive(); line++) {
      send(line);
      Thread.sleep(pause);
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
