package dev.holdfast.manifest;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of a structural OpenAPI schema that the API server acts on, for one node.
 *
 * @param values what an enumeration allows; empty: everything
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Schema(
    String type,
    Map<String, Schema> properties,
    List<String> required,
    @Nullable Schema items,
    @Nullable Schema additionalProperties,
    @JsonProperty("enum") List<String> values,
    @Nullable String pattern,
    @Nullable BigDecimal minimum,
    @Nullable BigDecimal maximum,
    @Nullable Integer minLength,
    @Nullable Integer maxLength,
    @Nullable Integer minItems,
    @Nullable Integer maxItems,
    @Nullable Integer maxProperties,
    @JsonProperty("default") @Nullable JsonNode defaultValue,
    @JsonProperty("x-kubernetes-list-type") @Nullable String listType,
    @JsonProperty("x-kubernetes-list-map-keys") List<String> listMapKeys,
    @JsonProperty("x-kubernetes-preserve-unknown-fields") boolean preserveUnknownFields,
    @JsonProperty("x-kubernetes-validations") List<Rule> rules) {

  public Schema {
    properties = properties == null ? Map.of() : Map.copyOf(properties);
    required = copy(required);
    values = copy(values);
    listMapKeys = copy(listMapKeys);
    rules = copy(rules);
  }

  /**
   * A CEL rule.
   *
   * @param fieldPath the field below the node that the message is about, such as {@code .timeout}
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Rule(String rule, String message, @Nullable String fieldPath) {

    /** Whether the rule compares an update with what was stored before. */
    public boolean isTransition() {
      return rule.contains("oldSelf");
    }
  }

  /** The schema of a field, or null when there is none of this name. */
  public @Nullable Schema field(String name) {
    var property = properties.get(name);
    return property == null ? additionalProperties : property;
  }

  /** The rules of this node and all nodes below that need the stored resource. */
  public Stream<Rule> transitionRules() {
    return Stream.concat(
        rules.stream().filter(Rule::isTransition),
        Stream.concat(properties.values().stream(), Stream.ofNullable(items))
            .flatMap(Schema::transitionRules));
  }

  /** A schema of nothing but fields, some of them required. */
  static Schema object(Map<String, Schema> properties, List<String> required, List<Rule> rules) {
    return new Schema(
        "object",
        properties,
        required,
        null,
        null,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        false,
        rules);
  }

  private static <T> List<T> copy(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }
}
