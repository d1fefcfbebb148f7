package dev.holdfast.health.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** A server that does what a test says with each connection, plain or over TLS. */
final class ScriptedServer implements AutoCloseable {

  interface Behaviour {
    void with(Socket socket) throws IOException;
  }

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final ServerSocket listener;

  private ScriptedServer(ServerSocket listener, Behaviour behaviour) {
    this.listener = listener;
    Thread.ofVirtual().start(() -> acceptAll(behaviour));
  }

  static ScriptedServer plain(Behaviour behaviour) throws IOException {
    return new ScriptedServer(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), behaviour);
  }

  static ScriptedServer tls(SSLContext context, Behaviour behaviour) throws IOException {
    return new ScriptedServer(
        context
            .getServerSocketFactory()
            .createServerSocket(0, 64, InetAddress.getLoopbackAddress()),
        behaviour);
  }

  /** Answers every request with this text. */
  static ScriptedServer http(String answer) throws IOException {
    var server = new ScriptedServer[1];
    server[0] =
        plain(socket -> {
          server[0].requests.add(request(socket));
          write(socket, answer);
        });
    return server[0];
  }

  /** Up to and with the empty line. */
  static String request(Socket socket) throws IOException {
    var text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      var next = socket.getInputStream().read();
      if (next < 0) {
        break;
      }
      text.append((char) next);
    }
    return text.toString();
  }

  static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  List<String> requests() {
    return requests;
  }

  int port() {
    return listener.getLocalPort();
  }

  private void acceptAll(Behaviour behaviour) {
    while (!listener.isClosed()) {
      try {
        var socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket, behaviour));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void serve(Socket socket, Behaviour behaviour) {
    try (socket) {
      behaviour.with(socket);
    } catch (IOException probeWentAway) {
      // as probes do once they know
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
