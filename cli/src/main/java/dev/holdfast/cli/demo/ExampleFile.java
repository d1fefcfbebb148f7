package dev.holdfast.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Manifests of {@code examples/}, which were put into the jar when it was built. */
final class ExampleFile {
  private static final YAMLMapper YAML = new YAMLMapper();

  private ExampleFile() {}

  static ObjectNode read(String name) {
    try (var example = ExampleFile.class.getResourceAsStream(name)) {
      if (example == null) {
        throw new IllegalStateException(name + " is not in the jar; build it with Maven");
      }
      return (ObjectNode) YAML.readTree(example);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String yaml(ObjectNode tree) {
    try {
      return YAML.writeValueAsString(tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@code kubectl get} would say it: {@code FailoverProxy postgres}. */
  static String title(ObjectNode tree) {
    return tree.path("kind").asText() + " " + tree.path("metadata").path("name").asText();
  }
}
