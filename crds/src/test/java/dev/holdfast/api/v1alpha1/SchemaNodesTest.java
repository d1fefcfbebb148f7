package dev.holdfast.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "{0}")
@ValueSource(
    strings = {
      "failoverproxies.holdfast.dev-v1.yml",
      "floatingipgroups.holdfast.dev-v1.yml",
      "stickybalancers.holdfast.dev-v1.yml"
    })
class SchemaNodesTest {
  @Parameter String file;

  private final List<Node> nodes = new ArrayList<>();

  private record Node(String path, JsonNode schema) {

    boolean has(String field) {
      return schema.hasNonNull(field);
    }

    boolean isBounded() {
      return switch (schema.path("type").asText()) {
        case "string" -> has("maxLength") || has("enum");
        case "integer", "number" -> has("minimum") && has("maximum");
        case "array" -> has("maxItems");
        case "object" -> isBoundedObject();
        case "boolean" -> true;
        default -> false;
      };
    }

    private boolean isBoundedObject() {
      var open = has("additionalProperties") || has("x-kubernetes-preserve-unknown-fields");
      return open ? has("maxProperties") : has("properties");
    }
  }

  @BeforeEach
  void readCrd() throws IOException {
    var crd =
        JsonMapper.builder(new YAMLFactory()).build().readTree(Path.of("generated", file).toFile());
    collect("", crd.at("/spec/versions/0/schema/openAPIV3Schema"));
    assertThat(nodes).hasSizeGreaterThan(130);
  }

  @Test
  @DisplayName("Every node of the schema says what it is for")
  void descriptions() {
    assertThat(nodes).filteredOn(node -> !node.has("description")).extracting(Node::path).isEmpty();
  }

  @Test
  @DisplayName("Every string, number, list and map of the schema has bounds")
  void bounds() {
    assertThat(nodes).filteredOn(node -> !node.isBounded()).extracting(Node::path).isEmpty();
  }

  @Test
  @DisplayName("No field's name is true or false to a YAML 1.1 reader such as kubectl")
  void names() {
    assertThat(nodes)
        .extracting(Node::path)
        .noneMatch(path -> path.matches("(?i).*\\.(y|n|yes|no|on|off|true|false)"));
  }

  @Test
  @DisplayName("Every list of the schema has a list type, and those of named items are maps")
  void listTypes() {
    var lists = nodes.stream().filter(node -> node.schema().path("type").asText().equals("array"));
    assertThat(lists)
        .isNotEmpty()
        .allSatisfy(
            list -> assertThat(list.has("x-kubernetes-list-type")).as(list.path()).isTrue());
    assertThat(nodes)
        .filteredOn(node -> node.schema().at("/items/properties/name").isObject())
        .filteredOn(node -> !node.path().equals(".status.lastFailover.hooks"))
        .allSatisfy(list ->
            assertThat(list.schema().path("x-kubernetes-list-type").asText())
                .as(list.path())
                .isEqualTo("map"));
  }

  @Test
  @DisplayName("Every rule has a message, and one that is about a field names it")
  void rules() {
    assertThat(nodes)
        .flatMap(node -> node.schema().path("x-kubernetes-validations").valueStream().toList())
        .hasSizeGreaterThan(15)
        .allSatisfy(rule -> {
          assertThat(rule.path("message").asText()).isNotBlank();
          var path = rule.path("fieldPath").asText();
          assertThat(rule.path("message").asText())
              .contains(path.substring(path.lastIndexOf('.') + 1));
        });
  }

  private void collect(String path, JsonNode schema) {
    nodes.add(new Node(path, schema));
    schema
        .path("properties")
        .properties()
        .forEach(field -> collect(path + "." + field.getKey(), field.getValue()));
    for (var below : List.of("items", "additionalProperties")) {
      if (schema.path(below).isObject()) {
        collect(path + "[]", schema.get(below));
      }
    }
  }
}
