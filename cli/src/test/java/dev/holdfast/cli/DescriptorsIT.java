package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real program with fewer descriptors than its clients need. */
@Timeout(180)
class DescriptorsIT {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final int DESCRIPTORS = 400;

  /** Without an answer for so long a client waits in the kernel's queue. */
  private static final int QUEUED_MILLIS = 3_000;

  @TempDir Path directory;
  private final List<Client> served = new ArrayList<>();
  private FaultBackend first;
  private FaultBackend second;
  private HoldfastProcess run;
  private int port;
  private int admin;

  @BeforeEach
  void start() throws IOException {
    first = FaultBackend.saying("first", 4096);
    second = FaultBackend.saying("second", 4096);
    port = Client.freePort();
    admin = Client.freePort();
    var manifest =
        Manifests.head("port: " + port)
            + """
              backends:
                - {name: first, host: 127.0.0.1, port: %d}
                - {name: second, host: 127.0.0.1, port: %d}
              checks:
                - {name: up, tcp: {}, interval: 500ms, timeout: 500ms, fall: 2, rise: 1}
            """
                .formatted(first.port(), second.port());
    var file = Files.writeString(directory.resolve("descriptors.yaml"), manifest);
    run =
        HoldfastProcess.startWithDescriptors(
            DESCRIPTORS, "run", "--admin", "127.0.0.1:" + admin, file.toString());
    run.awaitErr("listening on .*" + port);
  }

  @AfterEach
  void end() throws IOException {
    run.close();
    for (var client : served) {
      client.close();
    }
    first.close();
    second.close();
  }

  @Test
  @DisplayName("T22 out of descriptors: accepting pauses and says so, nobody is cut, it recovers")
  void exhausted() throws Exception {
    // the figures' class is loaded while there are descriptors, as a scraper would have done
    assertThat(figure("holdfast_relay_accept_pauses_total")).isZero();
    serveUntilExhausted();
    run.awaitErr("pg: cannot (accept|connect) a client .*accepting pauses");
    // which takes long enough for several checks, that find no descriptor either
    try (var queued = oneWhoWaits()) {
      everybodyIsServed();

      for (var leaving : served.subList(0, 40)) {
        leaving.close();
      }
      served.subList(0, 40).clear();
      await().atMost(DEADLINE).until(() -> isServed(queued));
    }
    try (var late = Client.connect(port)) {
      assertThat(late.line()).isEqualTo("first");
    }
    everybodyIsServed();
    run.awaitErr("accepting clients as they come again");
    assertThat(figure("holdfast_relay_accept_pauses_total")).isPositive();
    assertThat(run.err())
        .noneMatch(line -> line.contains("not listening") || line.contains("change is refused"));
    assertThat(run.err().stream().filter(line -> line.contains("accepting pauses")))
        .as("one line for each of the sockets and each shortage")
        .hasSizeLessThan(10);
  }

  private void serveUntilExhausted() throws IOException {
    while (served.size() < DESCRIPTORS) {
      var client = Client.connect(port, QUEUED_MILLIS);
      if (isOneTooMany(client)) {
        client.close();
        return;
      }
      served.add(client);
    }
    throw new AssertionError("more clients than descriptors are served");
  }

  /** A check that ends may leave its descriptor to one more client. */
  private Client oneWhoWaits() throws IOException {
    for (var tries = 0; tries < 10; tries++) {
      var client = Client.connect(port, QUEUED_MILLIS);
      try {
        if ("first".equals(client.line())) {
          served.add(client);
        } else {
          client.close();
        }
      } catch (SocketTimeoutException waits) {
        return client;
      }
    }
    throw new AssertionError("ten more clients are served than there are descriptors");
  }

  /** However long it takes to greet one that is not. */
  private boolean isOneTooMany(Client client) {
    return await()
        .atMost(DEADLINE)
        .pollDelay(Duration.ZERO)
        .until(
            () -> isServed(client) ? "is served" : pauses() ? "is not" : "nobody knows",
            answer -> !answer.equals("nobody knows"))
        .equals("is not");
  }

  private boolean pauses() {
    return run.err().stream().anyMatch(line -> line.contains("accepting pauses"));
  }

  /** Who is closed, or not greeted in time, is not. */
  private static boolean isServed(Client client) throws IOException {
    try {
      return "first".equals(client.line());
    } catch (SocketTimeoutException queued) {
      return false;
    }
  }

  private void everybodyIsServed() throws IOException {
    for (var client : served) {
      assertThat(client.echo("still there")).isEqualTo("still there");
    }
  }

  private double figure(String... words) throws Exception {
    return Http.get(admin, "/metrics")
        .body()
        .lines()
        .filter(line -> !line.startsWith("#") && List.of(words).stream().allMatch(line::contains))
        .map(line -> Pattern.compile(" ").splitAsStream(line).toList().getLast())
        .mapToDouble(Double::parseDouble)
        .sum();
  }
}
