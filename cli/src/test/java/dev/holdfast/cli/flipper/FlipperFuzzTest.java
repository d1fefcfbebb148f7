package dev.holdfast.cli.flipper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.cli.convert.BadConfiguration;
import dev.holdfast.manifest.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in the file: it is refused by a clear error, or makes valid manifests. */
class FlipperFuzzTest {
  private static final int ROUNDS = 400;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ManifestReader READER = ManifestReader.trustingRules();

  @ParameterizedTest
  @ValueSource(strings = {"everything.yaml", "two-groups.json", "small.toml"})
  @DisplayName(
      "L2 Files with bytes changed, lost or doubled never end in anything but a clear error")
  void brokenText(String file) throws IOException {
    var text = Files.readString(Path.of("src/test/resources/flipper", file));
    for (int seed = 0; seed < ROUNDS; seed++) {
      var random = new Random(seed);
      var broken = new StringBuilder(text);
      for (int i = 0; i <= random.nextInt(4); i++) {
        var at = random.nextInt(broken.length());
        switch (random.nextInt(4)) {
          case 0 -> broken.setCharAt(at, (char) random.nextInt(0x180));
          case 1 -> broken.delete(at, Math.min(broken.length(), at + random.nextInt(20)));
          case 2 -> broken.insert(at, "[]{}:-#'\"\n\t&*!|>%@=,".charAt(random.nextInt(20)));
          default -> broken.insert(at, broken.substring(at, Math.min(broken.length(), at + 30)));
        }
      }
      takenOrRefused(file, broken.toString(), seed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"everything.yaml", "two-groups.json", "small.toml"})
  @DisplayName("L9 Values of any kind at any key are refused by its name, or make valid manifests")
  void brokenValues(String file) throws IOException {
    var tree = FlipperFile.read(Path.of("src/test/resources/flipper", file));
    for (int seed = 0; seed < ROUNDS; seed++) {
      var random = new Random(seed);
      var broken = tree.deepCopy();
      var containers = new ArrayList<JsonNode>();
      collect(broken, containers);
      replace(containers.get(random.nextInt(containers.size())), value(random), random);
      takenOrRefused(broken, seed);
    }
  }

  private static void takenOrRefused(String file, String text, int seed) {
    ObjectNode tree;
    try {
      tree = FlipperFile.parse(file, text);
    } catch (BadConfiguration e) {
      assertThat(e)
          .as("seed %d", seed)
          .message()
          .startsWith(file)
          .doesNotContain("s3cret", "t0ken");
      return;
    }
    takenOrRefused(tree, seed);
  }

  private static void takenOrRefused(ObjectNode tree, int seed) {
    try {
      var conversion = FlipperConversion.of(FlipperConfigReader.read("file", tree, Map.of()));
      var problems = READER.read("it", conversion.json()).problems();
      assertThat(problems)
          .as("seed %d", seed)
          .allMatch(problem -> problem.field().startsWith("spec"));
    } catch (BadConfiguration e) {
      assertThat(e).as("seed %d", seed).message().contains("problem").contains("expected");
    }
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode() && !node.isEmpty()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  private static void replace(JsonNode container, JsonNode value, Random random) {
    switch (container) {
      case ObjectNode map -> {
        var keys = map.propertyStream().map(Map.Entry::getKey).toList();
        map.set(keys.get(random.nextInt(keys.size())), value);
      }
      case ArrayNode list -> list.set(random.nextInt(list.size()), value);
      default -> throw new IllegalArgumentException(container.toString());
    }
  }

  private static JsonNode value(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.numberNode(random.nextLong());
      case 2 -> JSON.numberNode(random.nextDouble());
      case 3 -> JSON.numberNode(Double.NaN);
      case 4 -> JSON.booleanNode(random.nextBoolean());
      case 5 -> JSON.arrayNode().add("x").add(JSON.objectNode());
      case 6 -> JSON.objectNode().put("x", 1);
      case 7 -> JSON.textNode("");
      case 8 -> JSON.textNode(" \u0000ö`\n".repeat(random.nextInt(50)));
      default -> JSON.textNode(random.nextInt(1000) + "h");
    };
  }
}
