package dev.holdfast.faults.lab;

import dev.holdfast.faults.record.Observation.Accepted;
import dev.holdfast.faults.record.Observation.Received;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Notes each line that it gets, {@code CONNECTION NUMBER .}, and then answers {@code NUMBER NAME
 * .}; a line that was cut has no point.
 */
final class BackendProgram {
  static final int PORT = 6000;
  private static final int BACKLOG = 1024;

  private BackendProgram() {}

  /**
   * @param args its name
   */
  static void main(String[] args) throws IOException {
    try (var server = new ServerSocket(PORT, BACKLOG)) {
      while (true) {
        var client = server.accept();
        var acceptedAt = System.nanoTime();
        Thread.ofVirtual().start(() -> serve(args[0], client, acceptedAt));
      }
    }
  }

  private static void serve(String name, Socket client, long acceptedAt) {
    try (client) {
      client.setTcpNoDelay(true);
      var in = new BufferedReader(new InputStreamReader(client.getInputStream()));
      var first = true;
      for (var line = in.readLine(); line != null && line.endsWith(" ."); line = in.readLine()) {
        var receivedAt = System.nanoTime();
        var words = line.split(" ");
        if (first) {
          Notes.write(new Accepted(acceptedAt, words[0], name));
          first = false;
        }
        Notes.write(new Received(receivedAt, words[0], Long.parseLong(words[1]), name));
        var answer = words[1] + " " + name + " .\n";
        client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException cut) {
      // as the proxy does
    }
  }
}
