package dev.holdfast.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DemoManifestTest {

  @Test
  @DisplayName("The demo runs the example that users read")
  void example() throws IOException {
    var example = Path.of("../examples/failoverproxy.yaml").toFile();

    assertThat(DemoManifest.example().tree()).isEqualTo(new YAMLMapper().readTree(example));
  }

  @Test
  @DisplayName("Nothing but the addresses differs from the example")
  void addresses() throws IOException {
    try (var first = new SampleBackend("pg-0");
        var second = new SampleBackend("pg-1")) {
      var listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1234);
      var example = DemoManifest.example();
      var local = example.on(listen, Map.of("pg-0", first, "pg-1", second));

      assertThat(new YAMLMapper().readTree(local.yaml())).isEqualTo(local.tree());
      assertThat(local.tree().at("/spec/listen").toString())
          .isEqualTo("{\"port\":1234,\"address\":\"127.0.0.1\"}");
      assertThat(local.tree().at("/spec/backends/1/port").asInt())
          .isEqualTo(second.address().getPort());
      assertThat(local.tree().at("/spec/checks")).isEqualTo(example.tree().at("/spec/checks"));
      assertThat(local.backendNames()).isEqualTo(example.backendNames());
    }
  }
}
