package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.cli.demo.SampleBackend;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RunIT {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  @TempDir Path directory;
  private SampleBackend a;
  private SampleBackend b;
  private int port;
  private int admin;
  private Path file;
  private HoldfastProcess run;

  @BeforeEach
  void prepare() throws IOException {
    a = new SampleBackend("a");
    b = new SampleBackend("b");
    port = Client.freePort();
    file = Files.writeString(directory.resolve("pg.yaml"), Manifests.relaying(port, a, b));
  }

  @AfterEach
  void end() {
    if (run != null) {
      run.close();
    }
    a.close();
    b.close();
  }

  @Test
  @DisplayName("Bytes flow, the admin interface answers, and status shows the primary")
  void serves() throws Exception {
    start();

    try (var client = Client.connect(port)) {
      assertThat(client.line()).isEqualTo("Hello from a.");
      assertThat(client.echo("one")).isEqualTo("one");
    }
    assertThat(Http.get(admin, "/healthz").statusCode()).isEqualTo(200);
    assertThat(Http.get(admin, "/metrics").body()).contains("# TYPE holdfast_");
    assertThat(Http.get(admin, "/api/v1/status").body()).contains("\"name\":\"a\"");
    assertThat(Execution.of("status", "--address", "http://127.0.0.1:" + admin).out())
        .startsWith("FailoverProxy default/pg\n")
        .contains("primary      a at 127.0.0.1:" + a.address().getPort() + ", epoch 1");
  }

  @Test
  @DisplayName("New connections reach the second backend when the first one dies, without a client")
  void failover() throws Exception {
    start();
    a.stop();

    await().atMost(DEADLINE).until(() -> greetingOrRefusal().equals("Hello from b."));
    assertThat(Http.get(admin, "/api/v1/status").body()).contains("\"from\":\"a\",\"to\":\"b\"");
  }

  @Test
  @DisplayName("A client that meets the dead primary itself is led to the next one")
  void passiveFailover() throws Exception {
    var unchecked = Manifests.relaying(port, a, b).replaceAll("(?m)^  checks:\n.*\n", "");
    Files.writeString(file, unchecked);
    start();
    assertThat(Client.greeting(port)).isEqualTo("Hello from a.");
    a.stop();

    assertThat(Client.greeting(port)).isEqualTo("Hello from b.");
  }

  @Test
  @DisplayName("A changed file is applied at once, and drops no connection that it need not")
  void changed() throws Exception {
    start();
    try (var client = Client.connect(port)) {
      client.line();
      Files.writeString(file, Manifests.relaying(port, b));
      run.awaitErr("FailoverProxy default/pg: changed in .*pg.yaml");
      await().atMost(DEADLINE).until(() -> greetingOrRefusal().equals("Hello from b."));

      assertThat(client.echo("still there")).isEqualTo("still there");
    }
  }

  @Test
  @DisplayName("A bad change is refused with all its problems, and the last good one stays")
  void refused() throws Exception {
    start();
    Files.writeString(
        file,
        Manifests.relaying(port, b).replace("rise: 1", "rise: 0").replace("fall: 2", "fall: x"));
    run.awaitErr("the change is refused, what ran before goes on: 2 problems$");

    run.awaitErr("^  " + file + ":12: spec.checks\\[0].fall: ");
    run.awaitErr("^  " + file + ":12: spec.checks\\[0].rise: ");
    assertThat(Client.greeting(port)).isEqualTo("Hello from a.");

    Files.writeString(file, Manifests.relaying(port, b));
    run.awaitErr("FailoverProxy default/pg: changed in ");
    await().atMost(DEADLINE).until(() -> greetingOrRefusal().equals("Hello from b."));
  }

  @Test
  @DisplayName("A file that vanishes is reported, and what it said goes on")
  void vanished() throws Exception {
    start();
    Files.delete(file);
    run.awaitErr("the change is refused, what ran before goes on: 1 problem$");

    assertThat(Client.greeting(port)).isEqualTo("Hello from a.");
  }

  @Test
  @DisplayName("A removed manifest of a directory ends its resource only")
  void removed() throws Exception {
    var other = Client.freePort();
    var second = Manifests.relaying(other, b).replace("name: pg", "name: other");
    var added = Files.writeString(directory.resolve("other.yaml"), second);
    start(directory);
    assertThat(Client.greeting(other)).isEqualTo("Hello from b.");
    Files.delete(added);
    run.awaitErr("FailoverProxy default/other: removed");

    await().atMost(DEADLINE).until(() -> refuses(other));
    assertThat(Client.greeting(port)).isEqualTo("Hello from a.");
  }

  @Test
  @DisplayName("SIGHUP and SIGUSR1 reload")
  void reload() throws Exception {
    start(file, "--log-level", "debug");
    for (var name : new String[] {"HUP", "USR1"}) {
      run.signal(name);
      run.awaitErr("reading the manifests again: SIG" + name);
    }
    assertThat(Client.greeting(port)).isEqualTo("Hello from a.");
  }

  @Test
  @DisplayName(
      "F29 SIGTERM: who is alone serves, new clients too, until the last ends; exit code 0")
  void drains() throws Exception {
    start();
    try (var client = Client.connect(port)) {
      client.line();
      run.signal("TERM");
      run.awaitErr("SIGTERM: draining 1 connection; a second signal cuts what is left");
      assertThat(Client.greeting(port)).isEqualTo("Hello from a.");
      assertThat(Http.get(admin, "/readyz").statusCode()).isEqualTo(200);

      assertThat(client.echo("last words")).isEqualTo("last words");
      assertThat(run.isAlive()).isTrue();
    }
    assertThat(run.awaitExit()).isZero();
    assertThat(refuses(port)).isTrue();
  }

  @Test
  @DisplayName(
      "F29 SIGTERM: one of two replicas stops being ready first, and serves who still comes")
  void drainsAsReplica() throws Exception {
    Files.writeString(
        file,
        Manifests.relaying(port, a, b).replace("  name: pg", "  name: pg\n  uid: u")
            + "  replicas: 2\n  agreement: {mode: None}\n");
    start(file, "--validated");
    try (var client = Client.connect(port)) {
      client.line();
      run.signal("TERM");
      await().atMost(DEADLINE).until(() -> Http.get(admin, "/readyz").statusCode() == 503);
      assertThat(Client.greeting(port)).isEqualTo("Hello from a.");
      assertThat(client.echo("last words")).isEqualTo("last words");
    }
    assertThat(run.awaitExit()).isZero();
  }

  @Test
  @DisplayName("F29 The access log has a line for each connection, and none unless asked for")
  void accessLog() throws Exception {
    start(file, "--access-log");
    try (var client = Client.connect(port)) {
      client.line();
      client.echo("one");
    }
    var line = run.awaitErr(" access resource=default/pg client=127.0.0.1:\\d+ backend=a .*");
    assertThat(line.group())
        .containsPattern("bytesToBackend=4 bytesToClient=18 took=\\d+ms end=\\w+$");
    run.close();
    start();
    assertThat(Client.greeting(port)).isEqualTo("Hello from a.");
    run.signal("TERM");
    assertThat(run.awaitExit()).isZero();
    assertThat(run.err()).noneMatch(told -> told.contains(" access "));
  }

  @Test
  @DisplayName("A second signal cuts the open connection at once")
  void cuts() throws Exception {
    start();
    try (var client = Client.connect(port)) {
      client.line();
      run.signal("INT");
      run.awaitErr("SIGINT: draining 1 connection;");
      run.signal("INT");

      assertThat(run.awaitExit()).isEqualTo(1);
      assertThat(run.err()).anyMatch(line -> line.endsWith("SIGINT: cut 1 connection"));
    }
  }

  @Test
  @DisplayName("A bad file at the start runs nothing: exit code 1, all problems, no stack trace")
  void badAtStart() throws Exception {
    Files.writeString(file, Manifests.with("port: 0"));
    run = HoldfastProcess.start("run", "--admin", "none", file.toString());

    assertThat(run.awaitExit()).isEqualTo(1);
    assertThat(run.err())
        .containsExactly(
            "holdfast: nothing runs: 1 problem",
            "  "
                + file
                + ":7: spec.listen.port: Invalid value: 0: should be greater than or equal to 1");
  }

  @Test
  @DisplayName("A field that is not built yet is refused by its name")
  void notBuiltYet() throws Exception {
    Files.writeString(
        file,
        Manifests.relaying(port, a) + "  discovery: {dns: {names: [pg.example], port: 5432}}\n");
    run = HoldfastProcess.start("run", "--validated", "--admin", "none", file.toString());

    assertThat(run.awaitExit()).isEqualTo(1);
    assertThat(run.err()).anyMatch(line -> line.contains("spec.discovery"));
  }

  @Test
  @DisplayName("An admin port that is taken is said, with the flag that helps")
  void adminPortTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var address = "127.0.0.1:" + taken.getLocalPort();
      run = HoldfastProcess.start("run", "--admin", address, file.toString());

      assertThat(run.awaitExit()).isEqualTo(1);
      assertThat(String.join("\n", run.err()))
          .startsWith("holdfast: the admin interface cannot listen on " + address + ": ")
          .endsWith(
              "; give another address with --admin ADDR:PORT, or do without it with --admin"
                  + " none");
    }
  }

  @Test
  @DisplayName("A token's owner pushes configuration; what is bad or outdated is refused")
  void pushed() throws Exception {
    var token = "0123456789abcdef";
    var tokens = Files.writeString(directory.resolve("tokens"), "admin " + token + "\n");
    start(file, "--token-file", tokens.toString());
    var newer =
        Manifests.relaying(port, b).replace("name: pg", "{name: pg, uid: u, generation: 2}");
    var second = newer.replace("metadata:\n  ", "metadata: ");

    assertThat(push(token, second).statusCode()).isEqualTo(200);
    await().atMost(DEADLINE).until(() -> greetingOrRefusal().equals("Hello from b."));
    assertThat(push(token, second.replace("generation: 2", "generation: 1")).statusCode())
        .isEqualTo(409);
    assertThat(push(token, second.replace("rise: 1", "rise: 0")).statusCode()).isEqualTo(422);
    assertThat(push("0123456789abcdeX", second).statusCode()).isEqualTo(401);
  }

  @Test
  @DisplayName("The log is JSON, a line each, when it is asked for; cluster fields are noticed")
  void jsonLog() throws Exception {
    Files.writeString(file, Manifests.relaying(port, a) + "  replicas: 1\n");
    start(file, "--log-format", "json");
    run.awaitErr("spec.replicas: only means something in a cluster and is ignored here");

    assertThat(run.err()).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
  }

  private void start() throws IOException {
    start(file);
  }

  private void start(Path manifests, String... more) throws IOException {
    var args = new ArrayList<>(List.of("run", "--admin", "127.0.0.1:0"));
    args.addAll(List.of(more));
    args.add(manifests.toString());
    run = HoldfastProcess.start(args.toArray(String[]::new));
    var listening = run.awaitErr("the admin interface listens on 127.0.0.1:(\\d+)");
    admin = Integer.parseInt(listening.group(1));
    await().atMost(DEADLINE).until(() -> Http.get(admin, "/readyz").statusCode() == 200);
  }

  private HttpResponse<String> push(String token, String manifest) throws Exception {
    return Http.put(admin, "/api/v1/config", token, manifest);
  }

  private String greetingOrRefusal() throws IOException {
    try {
      return String.valueOf(Client.greeting(port));
    } catch (SocketException e) {
      return "refused";
    }
  }

  private static boolean refuses(int port) throws IOException {
    try (var client = Client.connect(port)) {
      return client == null;
    } catch (ConnectException e) {
      return true;
    }
  }
}
