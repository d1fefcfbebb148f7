package dev.holdfast.dataplane.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A real server that says its name and then echoes. */
public final class SampleBackend implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private final String name;
  private final Thread acceptor;
  private final ServerSocket listener = new ServerSocket();
  private final Set<Socket> sessions = ConcurrentHashMap.newKeySet();

  private SampleBackend(String name, int port) throws IOException {
    this.name = name;
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    acceptor = Thread.ofVirtual().start(this::acceptAll);
  }

  public static SampleBackend start(String name) {
    return start(name, 0);
  }

  public static SampleBackend start(String name, int port) {
    try {
      return new SampleBackend(name, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        var session = listener.accept();
        sessions.add(session);
        Thread.ofVirtual().start(() -> echo(session));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void echo(Socket session) {
    try (session) {
      session.getOutputStream().write((name + "\n").getBytes(StandardCharsets.UTF_8));
      session.getInputStream().transferTo(session.getOutputStream());
    } catch (IOException ended) {
      return;
    } finally {
      sessions.remove(session);
    }
  }

  /** Connections now. */
  public int sessions() {
    return sessions.size();
  }

  /**
   * No new client gets in; sessions go on. The port is closed only once the thread that accepts has
   * let go of it, so that is waited for.
   */
  public void stopListening() {
    try {
      listener.close();
      if (!acceptor.join(PATIENCE)) {
        throw new IllegalStateException("expected " + name + " to stop accepting, it did not");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + name + " was stopping", e);
    }
  }

  /** Ends the open sessions as a crash would, and goes on. */
  void cutSessions() throws IOException {
    for (var session : sessions) {
      if (!session.isClosed()) {
        session.setSoLinger(true, 0);
        session.close();
      }
    }
  }

  @Override
  public void close() {
    stopListening();
    for (var session : sessions) {
      try {
        session.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
