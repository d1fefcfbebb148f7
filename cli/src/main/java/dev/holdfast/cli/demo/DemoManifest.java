package dev.holdfast.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The example manifest, as it stands in {@code examples/}, and changed to run on loopback. */
record DemoManifest(ObjectNode tree) {
  private static final YAMLMapper YAML = new YAMLMapper();

  /** The example that was put into the jar when it was built. */
  static DemoManifest example() {
    try (var example = DemoManifest.class.getResourceAsStream("failoverproxy.yaml")) {
      if (example == null) {
        throw new IllegalStateException(
            "failoverproxy.yaml is not in the jar; build it with Maven");
      }
      return new DemoManifest((ObjectNode) YAML.readTree(example));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String title() {
    var name = tree.path("metadata").path("name").asText();
    return tree.path("kind").asText() + " " + name;
  }

  /** In the order of preference. */
  List<String> backendNames() {
    return backends().map(backend -> backend.path("name").asText()).toList();
  }

  int port() {
    return tree.path("spec").path("listen").path("port").asInt();
  }

  /** The same with these addresses in the place of the example's. */
  DemoManifest on(InetSocketAddress listen, Function<String, InetSocketAddress> backendAddress) {
    var local = new DemoManifest(tree.deepCopy());
    local
        .spec()
        .withObject("/listen")
        .put("address", listen.getHostString())
        .put("port", listen.getPort());
    local
        .backends()
        .forEach(backend -> {
          var address = backendAddress.apply(backend.path("name").asText());
          ((ObjectNode) backend)
              .put("host", address.getHostString())
              .put("port", address.getPort());
        });
    return local;
  }

  String yaml() {
    try {
      return YAML.writeValueAsString(tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ObjectNode spec() {
    return tree.withObject("/spec");
  }

  private Stream<JsonNode> backends() {
    return StreamSupport.stream(tree.path("spec").path("backends").spliterator(), false);
  }
}
