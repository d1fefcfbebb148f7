import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code holdfast fake-hetzner} in a process of its own, with a server and a floating IP that
 * points nowhere.
 */
record Cloud(Subject process, int port) implements AutoCloseable {
  static final String TOKEN = "training-token";

  /**
   * @param java the command up to the main class, of which this process trains nothing
   */
  static Cloud start(String[] java, Path directory) throws IOException, InterruptedException {
    Path state = directory.resolve("cloud.yaml");
    Files.writeString(
        state,
        """
        settings: {actionDelayMillis: 100, callsPerHour: 100000}
        projects:
          - name: training
            tokens:
              - {name: training, value: %s, scope: ReadWrite}
            servers:
              - {id: 1, name: first, location: fsn1, ipv4: 127.0.0.1, labels: {role: training}}
            floatingIps:
              - {id: 1, name: first, ip: 198.51.100.1, homeLocation: fsn1, labels: {role: training}}
        """
            .formatted(TOKEN));
    int port = Subject.freePort();
    var untrained =
        Stream.of(java)
            .filter(argument -> !argument.startsWith("-XX:AOTCacheOutput"))
            .toArray(String[]::new);
    var process =
        Subject.start(
            Map.of(), untrained, "fake-hetzner", "--listen=127.0.0.1:" + port, "--state=" + state);
    process.awaitListening(port);
    return new Cloud(process, port);
  }

  String endpoint() {
    return "http://127.0.0.1:" + port + "/v1";
  }

  @Override
  public void close() {
    process.close();
  }
}
