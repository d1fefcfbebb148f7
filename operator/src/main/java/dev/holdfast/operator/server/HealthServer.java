package dev.holdfast.operator.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * {@code /healthz} and {@code /readyz}: a status code, and nothing else. Whoever answers lives: an
 * operator that is restarted because the API server is away only finds the same API server.
 */
public final class HealthServer implements AutoCloseable {

  private static final int BACKLOG = 16;

  private final HttpServer server;

  private HealthServer(HttpServer server) {
    this.server = server;
  }

  /**
   * @param port 0: any free one
   */
  public static HealthServer start(int port, BooleanSupplier ready) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(port), BACKLOG);
    server.createContext("/healthz", exchange -> answer(exchange, "/healthz", () -> true));
    server.createContext("/readyz", exchange -> answer(exchange, "/readyz", ready));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return new HealthServer(server);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static void answer(HttpExchange exchange, String path, BooleanSupplier good)
      throws IOException {
    try (exchange) {
      var known = exchange.getRequestURI().getPath().equals(path);
      exchange.sendResponseHeaders(known ? good.getAsBoolean() ? 200 : 503 : 404, -1);
    }
  }
}
