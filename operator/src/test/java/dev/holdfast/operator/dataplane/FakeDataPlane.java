package dev.holdfast.operator.dataplane;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.holdfast.operator.certificates.CertificateSet;
import dev.holdfast.operator.certificates.TestTls;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** A pod's admin port that does what a test says, over TLS with client certificates. */
final class FakeDataPlane implements AutoCloseable {

  /** One connection of the status stream; it ends when this returns. */
  interface Stream {
    void serve(int connection, Out out) throws IOException, InterruptedException;
  }

  /** What a stream can say. */
  record Out(OutputStream stream, CountDownLatch closed) {

    void raw(String text) throws IOException {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
      stream.flush();
    }

    void status(String json) throws IOException {
      raw("event: status\ndata: " + json + "\n\n");
    }

    /** Keeps the connection, silently, until the test ends. */
    void hang() throws InterruptedException {
      closed.await(30, TimeUnit.SECONDS);
    }
  }

  final List<String> pushed = new CopyOnWriteArrayList<>();
  final List<Integer> answers = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();

  /** An answer to a wish for another primary. */
  record Word(int status, String body) {}

  final List<String> wishes = new CopyOnWriteArrayList<>();
  final Queue<Word> words = new ConcurrentLinkedQueue<>();

  private final HttpsServer server;
  private final CountDownLatch closed = new CountDownLatch(1);

  private FakeDataPlane(HttpsServer server) {
    this.server = server;
  }

  static FakeDataPlane start(CertificateSet certificates, Stream stream)
      throws IOException, GeneralSecurityException {
    var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.setHttpsConfigurator(demandingClients(TestTls.serverContext(certificates)));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    var fake = new FakeDataPlane(server);
    server.createContext("/api/v1/status/stream", exchange -> fake.stream(exchange, stream));
    server.createContext("/api/v1/config", fake::config);
    server.createContext("/api/v1/failoverproxies/db/postgres/primary", fake::primary);
    server.start();
    return fake;
  }

  PodAddress address(String name) {
    return new PodAddress(name, "uid-" + name, "127.0.0.1", server.getAddress().getPort());
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }

  private void stream(HttpExchange exchange, Stream stream) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      stream.serve(connections.incrementAndGet(), new Out(exchange.getResponseBody(), closed));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Answers what the test said, and 200 after that. */
  private void config(HttpExchange exchange) throws IOException {
    try (exchange) {
      pushed.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      exchange.sendResponseHeaders(answers.isEmpty() ? 200 : answers.removeFirst(), -1);
    }
  }

  /** Says the test's words one after the other; one that was not given is 500. */
  private void primary(HttpExchange exchange) throws IOException {
    try (exchange) {
      wishes.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      var word = words.isEmpty() ? new Word(500, "{}") : words.remove();
      var body = word.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(word.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static HttpsConfigurator demandingClients(SSLContext context) {
    return new HttpsConfigurator(context) {
      @Override
      public void configure(HttpsParameters parameters) {
        var ssl = getSSLContext().getDefaultSSLParameters();
        ssl.setNeedClientAuth(true);
        parameters.setSSLParameters(ssl);
      }
    };
  }
}
