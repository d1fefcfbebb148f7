package dev.holdfast.dataplane.admin;

import dev.holdfast.api.dataplane.ResourceStatus;
import dev.holdfast.dataplane.admin.ConfigSink.Running;
import dev.holdfast.dataplane.admin.ConfigSink.Verdict;
import dev.holdfast.dataplane.admin.http.HttpLimits;
import dev.holdfast.dataplane.status.LiveStatusBoard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** A plain server on loopback with a token file, and a client for it. */
final class RunningAdmin implements AutoCloseable {
  static final String READ = "reader-0123456789abcdef";
  static final String REPORTER = "server-0123456789abcdef";
  static final String ADMIN = "admin-0123456789abcdef";

  final LiveStatusBoard<ResourceStatus> board = new LiveStatusBoard<>();
  final AtomicBoolean ready = new AtomicBoolean(true);
  volatile ConfigSink sink =
      manifest -> new Verdict.Applied(List.of(new Running("FailoverProxy", "default", "db", 3)));
  volatile StickControl.Directory balancers = (namespace, name) -> Optional.empty();
  volatile PrimarySwitch primaries = (namespace, name, request) -> Optional.empty();
  final AdminServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  RunningAdmin(Path directory) throws IOException {
    this(directory, limits -> limits);
  }

  RunningAdmin(Path directory, UnaryOperator<HttpLimits> limits) throws IOException {
    this(directory, limits, 0);
  }

  RunningAdmin(Path directory, UnaryOperator<HttpLimits> limits, int port) throws IOException {
    var tokens = Files.writeString(directory.resolve("tokens"), tokenFile());
    var options =
        new AdminOptions(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            null,
            tokens,
            "1.2.3",
            limits.apply(HttpLimits.defaults()),
            Duration.ofMillis(50));
    server = AdminServer.start(options, content());
  }

  static String tokenFile() {
    return "read %s%nreport-unhealthy %s%nadmin %s%n".formatted(READ, REPORTER, ADMIN);
  }

  AdminContent content() {
    return new AdminContent(
        board,
        List::of,
        ready::get,
        manifest -> sink.apply(manifest),
        (namespace, name, request) -> primaries.ask(namespace, name, request),
        (namespace, name) -> balancers.find(namespace, name));
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(server.address().getPort(), path));
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    var request =
        HttpRequest.newBuilder(uri(path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .timeout(Duration.ofSeconds(20));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  /** With the token of scope admin. */
  HttpResponse<String> put(String path, String body, String... headers) throws Exception {
    var request =
        HttpRequest.newBuilder(uri(path))
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + ADMIN)
            .timeout(Duration.ofSeconds(20));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  /** With the token of scope admin. */
  HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    var all = new ArrayList<>(List.of("Authorization", "Bearer " + ADMIN));
    all.addAll(List.of(headers));
    return send("POST", path, body, all.toArray(String[]::new));
  }

  HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofString());
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
  }
}
