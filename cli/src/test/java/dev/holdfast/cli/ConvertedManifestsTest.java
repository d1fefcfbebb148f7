package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.holdfast.manifest.ManifestReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each file in {@code converted} holds a command line in its first line, and then what that prints.
 */
class ConvertedManifestsTest {
  private static final YAMLMapper YAML = new YAMLMapper();

  record Golden(String name, List<String> arguments, String output) {
    static Golden read(Path file) {
      try {
        var parts = Files.readString(file).split("\n", 2);
        return new Golden(
            file.getFileName().toString(), List.of(parts[0].substring(3).split(" ")), parts[1]);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Golden> files() throws IOException {
    try (var files = Files.list(Path.of("src/test/resources/converted"))) {
      return files.sorted().map(Golden::read).toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  @DisplayName("A command line prints the manifest that its file holds")
  void prints(Golden golden) {
    assertThat(Execution.of(golden.arguments().toArray(String[]::new)))
        .isEqualTo(new Execution(0, golden.output(), ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  @DisplayName("What is printed passes the API server's schema and rules")
  void isValid(Golden golden) {
    assertThat(defaulted(golden.output())).isPresent();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  @DisplayName("What is printed says nothing that would be so without being said")
  void isMinimal(Golden golden) throws IOException {
    var tree = YAML.readTree(golden.output());
    for (var pointer : leaves(tree.path("spec"), "/spec")) {
      var without = tree.deepCopy();
      remove(without, pointer);

      assertThat(defaulted(YAML.writeValueAsString(without)))
          .as("without %s", pointer)
          .isNotEqualTo(defaulted(golden.output()));
    }
  }

  private static Optional<JsonNode> defaulted(String yaml) {
    var read = ManifestReader.checkingRules().read("it", yaml);
    return read.problems().isEmpty()
        ? Optional.of(read.manifests().getFirst().tree())
        : Optional.empty();
  }

  private static List<String> leaves(JsonNode node, String pointer) {
    if (node.isValueNode()) {
      return List.of(pointer);
    }
    var leaves = new ArrayList<String>();
    if (node instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        leaves.addAll(leaves(list.get(i), pointer + "/" + i));
      }
    } else {
      node.properties()
          .forEach(e -> leaves.addAll(leaves(e.getValue(), pointer + "/" + e.getKey())));
    }
    return leaves;
  }

  private static void remove(JsonNode tree, String pointer) {
    var at = pointer.lastIndexOf('/');
    var field = pointer.substring(at + 1);
    switch (tree.at(pointer.substring(0, at))) {
      case ObjectNode map -> map.remove(field);
      case ArrayNode list -> list.remove(Integer.parseInt(field));
      default -> throw new IllegalArgumentException(pointer);
    }
  }
}
