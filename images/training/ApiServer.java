import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * As much of an API server as an operator needs to reconcile one resource of each kind: it is in
 * every list of its kind, other lists are empty, watches stay silent, nothing else exists by name
 * but one Secret, and whatever is written is accepted and given back.
 */
final class ApiServer implements AutoCloseable {
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int ACCEPTED = 200;
  private static final int NOT_FOUND = 404;
  private static final String WEBSOCKET = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CountDownLatch proxyTold = new CountDownLatch(1);
  private final CountDownLatch groupReady = new CountDownLatch(1);
  private final String proxy;
  private final String group;

  ApiServer(Identity identity, String proxy, String group)
      throws IOException, GeneralSecurityException {
    this.proxy = proxy;
    this.group = group;
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.setHttpsConfigurator(new HttpsConfigurator(identity.context()));
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Writes the kubeconfig that leads here. */
  void writeKubeconfig(Path file, Path authority) throws IOException {
    Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        clusters:
          - name: training
            cluster: {server: "https://localhost:%d", certificate-authority: %s}
        users:
          - name: training
            user: {token: training}
        contexts:
          - name: training
            context: {cluster: training, user: training, namespace: default}
        current-context: training
        """
            .formatted(server.getAddress().getPort(), authority));
  }

  /**
   * Waits until the operator has told of the proxy, which is the end of a reconciliation, and that
   * a floating IP of the group was moved.
   */
  void awaitStatus(int seconds) throws IOException, InterruptedException {
    if (!proxyTold.await(seconds, TimeUnit.SECONDS)) {
      throw new IOException("the operator told nothing of the proxy within " + seconds + " s");
    }
    if (!groupReady.await(seconds, TimeUnit.SECONDS)) {
      throw new IOException("the operator moved no floating IP within " + seconds + " s");
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var uri = exchange.getRequestURI();
      var query = uri.getQuery() == null ? "" : uri.getQuery();
      if (query.contains("watch=true")) {
        watch(exchange);
      } else if (exchange.getRequestMethod().equals("GET")) {
        read(exchange, uri.getPath());
      } else {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        send(exchange, ACCEPTED, stored(uri.getPath(), body));
        if (uri.getPath().endsWith("/failoverproxies/training/status")) {
          proxyTold.countDown();
        }
        if (uri.getPath().endsWith("/floatingipgroups/training/status")
            && body.contains("\"Converged\"")) {
          groupReady.countDown();
        }
      }
    }
  }

  /** A watch over WebSocket on which nothing happens. */
  private void watch(HttpExchange exchange) throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("Upgrade", "websocket");
    headers.set("Connection", "Upgrade");
    headers.set(
        "Sec-WebSocket-Accept", accept(exchange.getRequestHeaders().getFirst("Sec-WebSocket-Key")));
    exchange.sendResponseHeaders(SWITCHING_PROTOCOLS, -1);
    exchange.getResponseBody().flush();
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** RFC 6455, section 4.2.2. */
  private static String accept(String key) {
    try {
      var sha1 = MessageDigest.getInstance("SHA-1");
      var digest = sha1.digest((key + WEBSOCKET).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  private void read(HttpExchange exchange, String path) throws IOException {
    var last = path.substring(path.lastIndexOf('/') + 1);
    if (path.endsWith("/failoverproxies/training")) {
      send(exchange, ACCEPTED, proxy);
    } else if (path.endsWith("/floatingipgroups/training")) {
      send(exchange, ACCEPTED, group);
    } else if (path.endsWith("/secrets/training")) {
      send(exchange, ACCEPTED, secret());
    } else if (last.equals("failoverproxies")) {
      send(exchange, ACCEPTED, list("holdfast.dev/v1alpha1", "FailoverProxyList", proxy));
    } else if (last.equals("floatingipgroups")) {
      send(exchange, ACCEPTED, list("holdfast.dev/v1alpha1", "FloatingIpGroupList", group));
    } else if (path.matches("/(api/v1|apis/[^/]+/[^/]+)(/namespaces/[^/]+)?/[a-z]+")) {
      send(exchange, ACCEPTED, list("v1", "List", ""));
    } else {
      send(
          exchange,
          NOT_FOUND,
          """
          {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": 404}\
          """);
    }
  }

  private static String secret() {
    var token = Base64.getEncoder().encodeToString(Cloud.TOKEN.getBytes(StandardCharsets.UTF_8));
    return """
    {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "training", "namespace": "default"}, "data": {"token": "%s"}}\
    """
        .formatted(token);
  }

  private static String list(String apiVersion, String kind, String items) {
    return """
    {"apiVersion": "%s", "kind": "%s", "metadata": {"resourceVersion": "1"}, "items": [%s]}\
    """
        .formatted(apiVersion, kind, items);
  }

  /** Of a status the whole resource is given back, otherwise the object and what is added to it. */
  private String stored(String path, String body) {
    if (path.endsWith("/failoverproxies/training/status")) {
      return newer(proxy);
    }
    if (path.endsWith("/floatingipgroups/training/status")) {
      return newer(group);
    }
    return body.replaceFirst(
        "\"metadata\" *: *\\{",
        """
        "metadata": {"uid": "00000000-0000-0000-0000-000000000002", "resourceVersion": "2",\
        """);
  }

  private static String newer(String resource) {
    return resource.replace("\"resourceVersion\": \"1\"", "\"resourceVersion\": \"2\"");
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    var body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
