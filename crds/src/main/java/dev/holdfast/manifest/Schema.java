package dev.holdfast.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of a structural OpenAPI schema that the API server acts on, for one node.
 *
 * @param json is looked at when something is asked, since most of a schema never is
 */
public record Schema(JsonNode json) {

  /**
   * A CEL rule.
   *
   * @param fieldPath the field below the node that the message is about, such as {@code .timeout}
   */
  public record Rule(String rule, String message, @Nullable String fieldPath) {

    /** Whether the rule compares an update with what was stored before. */
    public boolean isTransition() {
      return rule.contains("oldSelf");
    }
  }

  public String type() {
    return json.path("type").asText();
  }

  public Map<String, Schema> properties() {
    var properties = new LinkedHashMap<String, Schema>();
    for (var property : json.path("properties").properties()) {
      properties.put(property.getKey(), new Schema(property.getValue()));
    }
    return properties;
  }

  /** The schema of a field, or null when there is none of this name. */
  public @Nullable Schema field(String name) {
    var property = below(json.path("properties"), name);
    return property == null ? below(json, "additionalProperties") : property;
  }

  public @Nullable Schema items() {
    return below(json, "items");
  }

  public List<String> required() {
    return texts("required");
  }

  /** What an enumeration allows; empty: everything. */
  public List<String> values() {
    return texts("enum");
  }

  public @Nullable String pattern() {
    return json.path("pattern").textValue();
  }

  public @Nullable BigDecimal minimum() {
    return number("minimum");
  }

  public @Nullable BigDecimal maximum() {
    return number("maximum");
  }

  public @Nullable Integer minLength() {
    return count("minLength");
  }

  public @Nullable Integer maxLength() {
    return count("maxLength");
  }

  public @Nullable Integer minItems() {
    return count("minItems");
  }

  public @Nullable Integer maxItems() {
    return count("maxItems");
  }

  public @Nullable Integer maxProperties() {
    return count("maxProperties");
  }

  public @Nullable JsonNode defaultValue() {
    return json.get("default");
  }

  public @Nullable String listType() {
    return json.path("x-kubernetes-list-type").textValue();
  }

  public List<String> listMapKeys() {
    return texts("x-kubernetes-list-map-keys");
  }

  public boolean preserveUnknownFields() {
    return json.path("x-kubernetes-preserve-unknown-fields").booleanValue();
  }

  public List<Rule> rules() {
    var rules = new ArrayList<Rule>();
    for (var rule : json.path("x-kubernetes-validations")) {
      rules.add(
          new Rule(
              rule.path("rule").asText(),
              rule.path("message").asText(),
              rule.path("fieldPath").textValue()));
    }
    return rules;
  }

  /** The rules of this node and all nodes below that need the stored resource. */
  public Stream<Rule> transitionRules() {
    return Stream.concat(
        rules().stream().filter(Rule::isTransition),
        Stream.concat(properties().values().stream(), Stream.ofNullable(items()))
            .flatMap(Schema::transitionRules));
  }

  /** This one, with the fields and rules of another besides. */
  Schema with(Schema other) {
    var both = (ObjectNode) json.deepCopy();
    both.withObjectProperty("properties").setAll((ObjectNode) other.json.path("properties"));
    for (var list : List.of("required", "x-kubernetes-validations")) {
      other.json.path(list).forEach(both.withArrayProperty(list)::add);
    }
    return new Schema(both);
  }

  private static @Nullable Schema below(JsonNode node, String name) {
    var found = node.get(name);
    return found == null ? null : new Schema(found);
  }

  private List<String> texts(String name) {
    var texts = new ArrayList<String>();
    json.path(name).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private @Nullable BigDecimal number(String name) {
    var number = json.get(name);
    return number == null ? null : number.decimalValue();
  }

  private @Nullable Integer count(String name) {
    var count = json.get(name);
    return count == null ? null : Integer.valueOf(count.intValue());
  }
}
