package dev.holdfast.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.api.v1alpha1.FailoverProxySpec;
import dev.holdfast.api.v1alpha1.FloatingIpGroupSpec;
import dev.holdfast.api.v1alpha1.StickyBalancerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecordBinderTest {
  private static final JsonMapper JACKSON =
      JsonMapper.builder().disable(MapperFeature.USE_ANNOTATIONS).build();
  private static final Map<String, Class<? extends Record>> SPECS =
      Map.of(
          "FailoverProxy", FailoverProxySpec.class,
          "FloatingIpGroup", FloatingIpGroupSpec.class,
          "StickyBalancer", StickyBalancerSpec.class);

  enum Colour {
    Red
  }

  record Whole(
      String text,
      int count,
      @Nullable Long size,
      boolean on,
      @Nullable Colour colour,
      List<Part> parts,
      Map<String, String> labels,
      @Nullable ObjectNode raw) {}

  record Part(String name) {}

  static Stream<Path> examples() throws IOException {
    try (var files = Files.list(Path.of("../examples"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  @DisplayName("A spec is what Jackson's data binding would have made of it")
  void asJacksonDoes(Path example) throws IOException {
    var read = ManifestReader.trustingRules().read(List.of(example));
    assertThat(read.problems()).isEmpty();
    assertThat(read.manifests()).isNotEmpty();
    for (var manifest : read.manifests()) {
      var spec = manifest.tree().required("spec");
      var type = SPECS.get(manifest.kind());
      assertThat(RecordBinder.bind(spec, type, "spec")).isEqualTo(JACKSON.treeToValue(spec, type));
    }
  }

  @Test
  @DisplayName("Every kind of field is bound, and what is absent or null is null")
  void allKinds() throws IOException {
    var full =
        bind(
            """
            {"text": "a", "count": 3, "size": 5000000000, "on": true, "colour": "Red",
             "parts": [{"name": "x"}], "labels": {"k": "v"}, "raw": {"any": [1]}}
            """);
    assertThat(full)
        .isEqualTo(
            new Whole(
                "a",
                3,
                5_000_000_000L,
                true,
                Colour.Red,
                List.of(new Part("x")),
                Map.of("k", "v"),
                (ObjectNode) JACKSON.readTree("{\"any\": [1]}")));
    var least =
        bind("{\"text\": \"a\", \"count\": 3, \"on\": false, \"parts\": [], \"labels\": {}}");
    assertThat(least.size()).isNull();
    assertThat(bind("{\"text\": null, \"count\": 3, \"on\": false}").text()).isNull();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{`text`: 1}|it.text: expected String, found NUMBER",
        "{`count`: 1.5}|it.count: expected int, found NUMBER",
        "{`count`: 5000000000}|it.count: expected int, found NUMBER",
        "{`text`: `a`}|it.count: expected a value, found none",
        "{`count`: 1, `on`: `yes`}|it.on: expected boolean, found STRING",
        "{`count`: 1, `on`: true, `colour`: `red`}|it.colour: there is no red",
        "{`count`: 1, `on`: true, `parts`: {}}|it.parts: expected a list, found OBJECT",
        "{`count`: 1, `on`: true, `parts`: [{`nam`: `x`}]}|it.parts[0]: unknown fields [nam]",
        "{`count`: 1, `on`: true, `labels`: {`a`: 1}}|it.labels.a: expected String, found NUMBER",
        "[]|it: expected an object, found ARRAY",
      })
  @DisplayName("What no schema lets through is refused, with its place")
  void refused(String json, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bind(json.replace('`', '"')))
        .withMessage(message);
  }

  private static Whole bind(String json) throws IOException {
    return RecordBinder.bind(JACKSON.readTree(json), Whole.class, "it");
  }
}
