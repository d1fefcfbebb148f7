package dev.holdfast.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The kinds that can be read, with the schemas of the checked-in CRDs; a schema is read when a
 * manifest needs it. Safe for use by many threads.
 */
final class KnownKinds {
  private static final String GROUP = "holdfast.dev";
  private static final String VERSION = "v1alpha1";
  private static final String API_VERSION = GROUP + "/" + VERSION;

  /** By kind. */
  private static final Map<String, String> CRDS =
      Map.of(
          "FailoverProxy", "failoverproxies.holdfast.dev-v1.json",
          "FloatingIpGroup", "floatingipgroups.holdfast.dev-v1.json",
          "StickyBalancer", "stickybalancers.holdfast.dev-v1.json");

  private final Map<String, Schema> read = new ConcurrentHashMap<>();

  Optional<Schema> schema(String apiVersion, String kind) {
    return apiVersion.equals(API_VERSION) && CRDS.containsKey(kind)
        ? Optional.of(read.computeIfAbsent(kind, KnownKinds::load))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return CRDS.keySet().stream()
        .map(kind -> kind + " in version " + API_VERSION)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static Schema load(String kind) {
    try {
      var file = Objects.requireNonNull(CRDS.get(kind));
      for (var version : resource(file).required("spec").required("versions")) {
        if (version.required("name").asText().equals(VERSION)) {
          var any = new Schema(resource("any-resource.json"));
          return any.with(new Schema(version.required("schema").required("openAPIV3Schema")));
        }
      }
      throw new IOException("expected " + VERSION + " in " + file + ", found other versions");
    } catch (IOException e) {
      throw new UncheckedIOException("a schema in this program cannot be read", e);
    }
  }

  private static JsonNode resource(String file) throws IOException {
    try (var in = KnownKinds.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException(
            "expected " + file + " beside " + KnownKinds.class + ", found nothing");
      }
      return JsonTree.read(in);
    }
  }
}
