package dev.holdfast.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The FailoverProxy of the demo, as it stands in {@code examples/}, and changed to run on loopback.
 */
record DemoManifest(ObjectNode tree) {
  static DemoManifest example() {
    return new DemoManifest(ExampleFile.read("failoverproxy.yaml"));
  }

  String title() {
    return ExampleFile.title(tree);
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
    return ExampleFile.yaml(tree);
  }

  private static void put(ObjectNode node, String hostField, InetSocketAddress address) {
    node.put(hostField, address.getAddress().getHostAddress()).put("port", address.getPort());
  }

  private JsonNode backendNodes() {
    return tree.path("spec").path("backends");
  }
}
