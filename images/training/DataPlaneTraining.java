import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/**
 * Trains the data plane's AOT cache on what a pod lives through: start with TLS, traffic, a
 * failover, a changed manifest, questions of operator, kubelet and Prometheus, and the end.
 * Arguments: the java command up to the main class.
 */
class DataPlaneTraining {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final int CONNECTIONS = 200;

  public static void main(String[] java) throws Exception {
    Path directory = Files.createTempDirectory(Path.of(""), "training").toAbsolutePath();
    var identity =
        Identity.create(
            directory, "training.default.fop.holdfast", "operator.training.default.fop.holdfast");
    identity.write(directory);
    int listen = Subject.freePort();
    int admin = Subject.freePort();
    int probe = Subject.freePort();
    Path manifest = directory.resolve("failoverproxy.yaml");
    try (var first = echo();
        var second = echo();
        var client = HttpClient.newBuilder().sslContext(identity.context()).build()) {
      var proxy = SampleProxy.read().withPorts(listen, first.getLocalPort(), second.getLocalPort());
      Files.writeString(manifest, proxy.json());
      try (var subject = start(java, directory, manifest, admin, probe)) {
        subject.awaitListening(listen);
        exchange(subject, listen);
        ask(client, admin, probe);
        first.close();
        exchange(subject, listen);
        put(client, admin, proxy.withGeneration(2));
        exchange(subject, listen);
        subject.finish();
      }
    }
  }

  private static Subject start(String[] java, Path tls, Path manifest, int admin, int probe)
      throws IOException {
    return Subject.start(
        Map.of(),
        java,
        "run",
        "--validated",
        "--admin",
        "127.0.0.1:" + admin,
        "--probe-port",
        String.valueOf(probe),
        "--tls-dir",
        tls.toString(),
        "--instance",
        "training-fop-0",
        manifest.toString());
  }

  private static ServerSocket echo() throws IOException {
    var server = new ServerSocket(0, 50, LOOPBACK);
    Thread.ofVirtual().start(() -> serve(server));
    return server;
  }

  private static void serve(ServerSocket server) {
    while (true) {
      try {
        var socket = server.accept();
        Thread.ofVirtual().start(() -> echo(socket));
      } catch (SocketException closed) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void echo(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void exchange(Subject subject, int port) throws IOException, InterruptedException {
    var sent = new byte[16 * 1024];
    Arrays.fill(sent, (byte) 42);
    int broken = 0;
    for (int done = 0; done < CONNECTIONS; ) {
      try (var socket = new Socket(LOOPBACK, port)) {
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(sent);
        socket.shutdownOutput();
        if (!Arrays.equals(sent, socket.getInputStream().readAllBytes())) {
          throw new IOException("the answer is not what was sent");
        }
        done++;
      } catch (SocketException noPrimary) {
        // Refused, or reset by an echo that was being closed.
        if (++broken > CONNECTIONS) {
          throw noPrimary;
        }
        subject.awaitListening(port);
      }
    }
  }

  private static void ask(HttpClient client, int admin, int probe)
      throws IOException, InterruptedException {
    for (String path : new String[] {"/healthz", "/readyz"}) {
      get(client, "http://localhost:" + probe + path);
    }
    for (String path : new String[] {"/metrics", "/api/v1/status"}) {
      get(client, "https://localhost:" + admin + path);
    }
    var stream = request("https://localhost:" + admin + "/api/v1/status/stream").build();
    try (var lines = client.send(stream, BodyHandlers.ofLines()).body()) {
      lines.findFirst();
    }
  }

  private static void get(HttpClient client, String uri) throws IOException, InterruptedException {
    var response = client.send(request(uri).build(), BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(uri + " answered " + response.statusCode() + ": " + response.body());
    }
  }

  private static void put(HttpClient client, int admin, SampleProxy proxy)
      throws IOException, InterruptedException {
    var uri = "https://localhost:" + admin + "/api/v1/config";
    var request =
        request(uri)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(proxy.json()))
            .build();
    var response = client.send(request, BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(uri + " answered " + response.statusCode() + ": " + response.body());
    }
  }

  private static HttpRequest.Builder request(String uri) {
    return HttpRequest.newBuilder(URI.create(uri)).timeout(Duration.ofSeconds(10));
  }
}
