package dev.holdfast.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds that can be read, with the schemas of the checked-in CRDs. */
final class KnownKinds {
  private static final List<String> CRDS =
      List.of(
          "failoverproxies.holdfast.dev-v1.json",
          "floatingipgroups.holdfast.dev-v1.json",
          "stickybalancers.holdfast.dev-v1.json");

  /** A kind of one version. */
  record ResourceType(String apiVersion, String kind) {

    @Override
    public String toString() {
      return kind + " in version " + apiVersion;
    }
  }

  private final Map<ResourceType, Schema> schemas;

  private KnownKinds(Map<ResourceType, Schema> schemas) {
    this.schemas = schemas;
  }

  static KnownKinds load() {
    var mapper = new JsonMapper();
    var schemas = new HashMap<ResourceType, Schema>();
    try {
      var any = mapper.treeToValue(resource(mapper, "any-resource.json"), Schema.class);
      for (var file : CRDS) {
        var spec = resource(mapper, file).required("spec");
        for (var version : spec.required("versions")) {
          var schema = version.required("schema").required("openAPIV3Schema");
          schemas.put(type(spec, version), merged(any, mapper.treeToValue(schema, Schema.class)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a schema in this program cannot be read", e);
    }
    return new KnownKinds(schemas);
  }

  Optional<Schema> schema(ResourceType type) {
    return Optional.ofNullable(schemas.get(type));
  }

  @Override
  public String toString() {
    return schemas.keySet().stream()
        .map(ResourceType::toString)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static ResourceType type(JsonNode spec, JsonNode version) {
    return new ResourceType(
        spec.required("group").asText() + "/" + version.required("name").asText(),
        spec.required("names").required("kind").asText());
  }

  private static Schema merged(Schema any, Schema one) {
    var properties = new HashMap<>(any.properties());
    properties.putAll(one.properties());
    var required = Stream.concat(any.required().stream(), one.required().stream()).toList();
    return Schema.object(properties, required, one.rules());
  }

  private static JsonNode resource(JsonMapper mapper, String file) throws IOException {
    try (var in = KnownKinds.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException(
            "expected " + file + " beside " + KnownKinds.class + ", found nothing");
      }
      return mapper.readTree(in);
    }
  }
}
