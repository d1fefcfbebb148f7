package dev.holdfast.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The kinds that can be read, with the schemas of the checked-in CRDs; a schema is read when a
 * manifest needs it. Safe for use by many threads.
 */
final class KnownKinds {
  private static final String API_VERSION = "holdfast.dev/v1alpha1";
  private static final Map<ResourceType, String> CRDS =
      Map.of(
          new ResourceType(API_VERSION, "FailoverProxy"), "failoverproxies.holdfast.dev-v1.json",
          new ResourceType(API_VERSION, "FloatingIpGroup"), "floatingipgroups.holdfast.dev-v1.json",
          new ResourceType(API_VERSION, "StickyBalancer"), "stickybalancers.holdfast.dev-v1.json");

  /** A kind of one version. */
  record ResourceType(String apiVersion, String kind) {

    @Override
    public String toString() {
      return kind + " in version " + apiVersion;
    }
  }

  private final JsonMapper mapper = new JsonMapper();
  private final Map<ResourceType, Schema> read = new ConcurrentHashMap<>();

  Optional<Schema> schema(ResourceType type) {
    return CRDS.containsKey(type)
        ? Optional.of(read.computeIfAbsent(type, this::load))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return CRDS.keySet().stream()
        .map(ResourceType::toString)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private Schema load(ResourceType type) {
    try {
      var any = mapper.treeToValue(resource("any-resource.json"), Schema.class);
      var file = Objects.requireNonNull(CRDS.get(type));
      for (var version : resource(file).required("spec").required("versions")) {
        if (type.apiVersion().endsWith("/" + version.required("name").asText())) {
          var schema = version.required("schema").required("openAPIV3Schema");
          return merged(any, mapper.treeToValue(schema, Schema.class));
        }
      }
      throw new IOException("expected " + type + " in " + file + ", found other versions");
    } catch (IOException e) {
      throw new UncheckedIOException("a schema in this program cannot be read", e);
    }
  }

  private static Schema merged(Schema any, Schema one) {
    var properties = new HashMap<>(any.properties());
    properties.putAll(one.properties());
    var required = Stream.concat(any.required().stream(), one.required().stream()).toList();
    return Schema.object(properties, required, one.rules());
  }

  private JsonNode resource(String file) throws IOException {
    try (var in = KnownKinds.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException(
            "expected " + file + " beside " + KnownKinds.class + ", found nothing");
      }
      return mapper.readTree(in);
    }
  }
}
