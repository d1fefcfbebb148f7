import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * failoverproxy.json: the FailoverProxy of every training run, as an API server that knows the
 * schema's defaults gives it back.
 */
record SampleProxy(String json) {
  static SampleProxy read() throws IOException {
    return new SampleProxy(Files.readString(Path.of(System.getProperty("training.manifest"))));
  }

  SampleProxy withPorts(int listen, int first, int second) {
    return new SampleProxy(
        json.replace("\"port\": 7000", "\"port\": " + listen)
            .replace("\"port\": 7001", "\"port\": " + first)
            .replace("\"port\": 7002", "\"port\": " + second));
  }

  SampleProxy withGeneration(int generation) {
    return new SampleProxy(json.replace("\"generation\": 1", "\"generation\": " + generation));
  }
}
