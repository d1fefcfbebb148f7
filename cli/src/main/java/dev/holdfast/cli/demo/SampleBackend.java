package dev.holdfast.cli.demo;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server on loopback that greets with its name and echoes what it is sent. It can be stopped,
 * which cuts its connections as the death of a process does, and started again on the same port.
 */
public final class SampleBackend implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SampleBackend.class);
  private static final int MAX_CONNECTIONS = 1000;
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(5);

  private final String name;
  private final InetSocketAddress address;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private @Nullable Listener listener;

  private record Listener(ServerSocket server, Thread acceptor) {}

  /** Starts on a free port. */
  public SampleBackend(String name) throws IOException {
    this(name, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /**
   * @param wanted port 0: any free one
   */
  public SampleBackend(String name, InetSocketAddress wanted) throws IOException {
    this.name = name;
    var server = bind(wanted);
    this.address = (InetSocketAddress) server.getLocalSocketAddress();
    this.listener = serve(server);
  }

  public String name() {
    return name;
  }

  /** The same for the whole life of this backend. */
  public InetSocketAddress address() {
    return address;
  }

  public synchronized boolean isRunning() {
    return listener != null;
  }

  /** Starts again; a running backend stays as it is. */
  public synchronized void start() throws IOException {
    if (listener == null) {
      listener = serve(bind(address));
    }
  }

  /** Refuses from now on, and resets the open connections. */
  public synchronized void stop() {
    if (listener != null) {
      closeQuietly(listener.server());
      awaitEnd(listener.acceptor());
      listener = null;
    }
    open.forEach(this::reset);
  }

  @Override
  public void close() {
    stop();
  }

  private static ServerSocket bind(InetSocketAddress address) throws IOException {
    var server = new ServerSocket();
    try {
      server.setReuseAddress(true);
      server.bind(address);
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private Listener serve(ServerSocket server) {
    return new Listener(
        server, Thread.ofVirtual().name("backend-" + name).start(() -> acceptUntilClosed(server)));
  }

  /** The port is free only when the accepting thread has let go of the socket. */
  private static void awaitEnd(Thread acceptor) {
    try {
      acceptor.join(STOP_DEADLINE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void acceptUntilClosed(ServerSocket server) {
    try {
      while (true) {
        var client = server.accept();
        open.add(client);
        if (open.size() > MAX_CONNECTIONS || server.isClosed()) {
          leave(client);
        } else {
          Thread.ofVirtual().name("backend-" + name).start(() -> converse(client));
        }
      }
    } catch (IOException e) {
      log.debug("{} accepts no more: {}", name, e.getMessage());
    }
  }

  private void converse(Socket client) {
    try {
      var greeting = "Hello from " + name + ".\n";
      client.getOutputStream().write(greeting.getBytes(StandardCharsets.UTF_8));
      client.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException e) {
      log.debug("{} lost a client: {}", name, e.getMessage());
    } finally {
      leave(client);
    }
  }

  private void leave(Socket client) {
    open.remove(client);
    closeQuietly(client);
  }

  private void reset(Socket client) {
    try {
      client.setSoLinger(true, 0);
    } catch (IOException e) {
      log.debug("{} lost a client: {}", name, e.getMessage());
    }
    leave(client);
  }

  private void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      log.debug("{} could not close a socket: {}", name, e.getMessage());
    }
  }
}
