package dev.holdfast.operator.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /metrics}: for whoever has the token, or, when there is none, for this host only. */
public final class MetricsServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(MetricsServer.class);

  private static final int BACKLOG = 16;
  private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String BEARER = "Bearer ";

  private final HttpServer server;

  private MetricsServer(HttpServer server) {
    this.server = server;
  }

  /**
   * @param port 0: any free one
   * @param tokenFile read at every request, so that a new token needs no restart
   */
  public static MetricsServer start(int port, Optional<Path> tokenFile, Supplier<String> metrics)
      throws IOException {
    var address =
        tokenFile.isPresent()
            ? new InetSocketAddress(port)
            : new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    var server = HttpServer.create(address, BACKLOG);
    server.createContext("/metrics", exchange -> answer(exchange, tokenFile, metrics));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return new MetricsServer(server);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static void answer(
      HttpExchange exchange, Optional<Path> tokenFile, Supplier<String> metrics)
      throws IOException {
    try (exchange) {
      if (tokenFile.isPresent() && !isAllowed(exchange, tokenFile.get())) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        exchange.sendResponseHeaders(401, -1);
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(405, -1);
      } else {
        var body = metrics.get().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", TEXT_FORMAT);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  private static boolean isAllowed(HttpExchange exchange, Path tokenFile) {
    var header = exchange.getRequestHeaders().getFirst("Authorization");
    if (header == null || !header.startsWith(BEARER)) {
      return false;
    }
    try {
      var token = Files.readString(tokenFile).strip().getBytes(StandardCharsets.UTF_8);
      var sent = header.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
      return token.length > 0 && MessageDigest.isEqual(token, sent);
    } catch (IOException e) {
      log.warn(
          "nobody may read metrics: cannot read the token file {}: {}", tokenFile, e.toString());
      return false;
    }
  }
}
