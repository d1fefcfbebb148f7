package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A configuration with every key of tcpffee's, converted and run by three processes. */
@Timeout(180)
class TcpffeeIT {
  private static final Path COMPLETE = Path.of("src/test/resources/tcpffee/complete.toml");
  private static final String SERVERS = "127.0.0.9";

  @TempDir Path directory;
  private final List<Server> servers = new ArrayList<>();
  private int first;
  private int second;
  private String converted;
  private SharedTable table;

  /** Answers the first line of a connection: a request by HTTP with 204, else its name. */
  private record Server(String name, ServerSocket socket) implements AutoCloseable {
    Server(String name, int port) throws IOException {
      this(name, new ServerSocket());
      socket.bind(new InetSocketAddress(SERVERS, port));
      Thread.ofVirtual().start(this::serve);
    }

    private void serve() {
      try {
        while (true) {
          var client = socket.accept();
          Thread.ofVirtual().start(() -> answer(client));
        }
      } catch (IOException closed) {
        // at the end of the test
      }
    }

    private void answer(Socket client) {
      try (client) {
        var line = new BufferedReader(new InputStreamReader(client.getInputStream())).readLine();
        var answer =
            line != null && line.startsWith("POST /ready")
                ? "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"
                : name + "\n";
        client.getOutputStream().write(answer.getBytes());
      } catch (IOException gone) {
        // as checks and clients do
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @BeforeEach
  void start() throws Exception {
    first = Client.freePort();
    second = Client.freePort();
    servers.add(new Server("blue", first));
    servers.add(new Server("blue", second));
    servers.add(new Server("green", 0));
    servers.add(new Server("green", 0));
    converted = convert();
    table = new SharedTable("peer-", "tcpffee.default.stb", directory, this::manifest);
  }

  private String convert() throws Exception {
    var file = directory.resolve("tcpffee.toml");
    Files.writeString(
        file,
        Files.readString(COMPLETE)
            .replace("green:6280", SERVERS + ":" + servers.get(2).socket().getLocalPort())
            .replace("green:6281", SERVERS + ":" + servers.get(3).socket().getLocalPort())
            .replace("\"blue\"", "\"" + SERVERS + "\"")
            .replace("5280", Integer.toString(first))
            .replace("5281", Integer.toString(second)));
    var environment =
        Map.of(
            "TCPFFEE_KEY_TYPE", "IP_WITH_FIRST_MESSAGE_SLICE",
            "TCPFFEE_KEY_FIRST_MESSAGE_SLICE_START", "0",
            "TCPFFEE_KEY_FIRST_MESSAGE_SLICE_END", "4");
    try (var convert =
        HoldfastProcess.start(environment, "convert", "--from", "tcpffee", file.toString())) {
      assertThat(convert.awaitExit()).isZero();
      return String.join("\n", convert.out()) + "\n";
    }
  }

  /** All are on one machine here, and so they cannot have the same port. */
  private String manifest(String address, List<Integer> peers) {
    var manifest = converted.replace("0.0.0.0", address);
    for (int i = 0; i < peers.size(); i++) {
      manifest =
          manifest.replace(
              "host: proxy-%d\n    port: 7342".formatted(i),
              "host: 127.0.0.1\n    port: " + peers.get(i));
    }
    return manifest;
  }

  @AfterEach
  void end() throws IOException {
    table.close();
    for (var server : servers) {
      server.close();
    }
  }

  @Test
  @DisplayName("S1-S20 A configuration that uses every key converts, passes check, and runs")
  void runs() throws Exception {
    var manifest = Files.writeString(directory.resolve("tcpffee.yaml"), converted);
    assertThat(Execution.of("check", manifest.toString()).exitCode()).isZero();
    table.start();
    table.awaitReady();

    var words = IntStream.range(0, 16).mapToObj("k%03d and more"::formatted).toList();
    var groups =
        words.stream().collect(Collectors.toMap(word -> word, word -> served(0, first, word)));
    assertThat(groups.values())
        .as("what drains or is disabled takes no new key")
        .containsOnly("blue", "green");
    for (var word : words) {
      assertThat(served(1, second, word)).as(word).isEqualTo(groups.get(word));
      assertThat(served(2, first, word.replace("more", "others")))
          .as("%s by its first four bytes", word)
          .isEqualTo(groups.get(word));
    }
  }

  private String served(int replica, int port, String word) {
    return table.served("127.1.0.1", replica, port, word);
  }
}
