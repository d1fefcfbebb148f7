package dev.holdfast.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
    return backendNodes().valueStream().map(node -> node.path("name").asText()).toList();
  }

  int port() {
    return tree.path("spec").path("listen").path("port").asInt();
  }

  /** The same with these addresses in the place of the example's. */
  DemoManifest on(InetSocketAddress listen, Map<String, SampleBackend> backends) {
    var local = new DemoManifest(tree.deepCopy());
    put(local.tree.withObject("/spec/listen"), "address", listen);
    for (var node : local.backendNodes()) {
      var backend = Objects.requireNonNull(backends.get(node.path("name").asText()));
      put((ObjectNode) node, "host", backend.address());
    }
    return local;
  }

  String yaml() {
    try {
      return YAML.writeValueAsString(tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(ObjectNode node, String hostField, InetSocketAddress address) {
    node.put(hostField, address.getAddress().getHostAddress()).put("port", address.getPort());
  }

  private JsonNode backendNodes() {
    return tree.path("spec").path("backends");
  }
}
