package dev.holdfast.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers resources and problems of one or more files. */
final class ManifestCollection {
  private static final String DEFAULT_NAMESPACE = "default";

  private final KnownKinds kinds;
  private final RuleChecker rules;
  private final List<Manifest> manifests = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> notices = new LinkedHashSet<>();
  private final Map<String, Problem> places = new HashMap<>();

  ManifestCollection(KnownKinds kinds, RuleChecker rules) {
    this.kinds = kinds;
    this.rules = rules;
  }

  Manifests result() {
    return new Manifests(manifests, problems, List.copyOf(notices));
  }

  void unreadable(String file, String message) {
    problems.add(new Problem(file, 0, "", null, message));
  }

  void add(String file, String text) {
    var before = problems.size();
    var read = DocumentReader.read(text);
    read.documents().forEach(document -> add(file, document));
    read.faults()
        .forEach(fault ->
            problems.add(new Problem(file, fault.line(), fault.path(), null, fault.message())));
    if (read.documents().stream().allMatch(document -> document.tree().isNull())
        && problems.size() == before) {
      unreadable(file, "expected one or more resources, found none");
    }
    problems.subList(before, problems.size()).sort(Comparator.comparingInt(Problem::line));
  }

  private void add(String file, Document document) {
    var source = new Source(file, document);
    document
        .faults()
        .forEach(fault ->
            problems.add(
                new Problem(file, fault.line(), fault.path(), source.resource(), fault.message())));
    switch (document.tree()) {
      case ObjectNode tree -> add(source, tree, !document.faults().isEmpty());
      case JsonNode tree when tree.isNull() -> {}
      default ->
          problems.add(
              source.problem(
                  "",
                  "expected a resource with apiVersion, kind, metadata and spec, found something"
                      + " else"));
    }
  }

  private void add(Source source, ObjectNode tree, boolean faulty) {
    var missing =
        List.of("apiVersion", "kind").stream()
            .filter(field -> !tree.path(field).isTextual())
            .toList();
    missing.forEach(field -> problems.add(source.problem(field, "Required value")));
    if (!missing.isEmpty()) {
      return;
    }
    var apiVersion = tree.get("apiVersion").asText();
    var kind = tree.get("kind").asText();
    var schema = kinds.schema(apiVersion, kind);
    if (schema.isEmpty()) {
      problems.add(
          source.problem(
              "kind",
              "no matches for kind \"%s\" in version \"%s\"; known here: %s"
                  .formatted(kind, apiVersion, kinds)));
      return;
    }
    SchemaDefaults.apply(tree, schema.get());
    var violations = violations(tree, schema.get());
    violations.forEach(
        violation -> problems.add(source.problem(violation.path(), violation.message())));
    if (violations.isEmpty() && !faulty && isFirst(source)) {
      manifests.add(manifest(source, tree));
    }
  }

  private List<Violation> violations(ObjectNode tree, Schema schema) {
    var violations = new ArrayList<>(SchemaValidator.validate(tree, schema, ""));
    notices.addAll(rules.notices(schema));
    if (violations.stream().noneMatch(Violation::blocking)) {
      violations.addAll(rules.check(tree, schema, !violations.isEmpty()));
    }
    return violations;
  }

  private boolean isFirst(Source source) {
    var place = source.problem("", "");
    var first = places.putIfAbsent(String.valueOf(place.resource()), place);
    if (first != null) {
      problems.add(
          source.problem(
              "metadata.name",
              "expected each resource once, found %s already in %s:%d"
                  .formatted(first.resource(), first.file(), first.line())));
    }
    return first == null;
  }

  private static Manifest manifest(Source source, ObjectNode tree) {
    var metadata = (ObjectNode) tree.get("metadata");
    if (!metadata.has("namespace")) {
      metadata.put("namespace", DEFAULT_NAMESPACE);
    }
    return new Manifest(
        tree.get("kind").asText(),
        metadata.get("namespace").asText(),
        metadata.get("name").asText(),
        metadata.path("uid").textValue(),
        metadata.path("generation").asLong(),
        source.file(),
        tree,
        source.document().lines());
  }

  /** A document and the file it stands in. */
  private record Source(String file, Document document) {

    Problem problem(String field, String message) {
      return new Problem(file, document.lines().at(field), field, resource(), message);
    }

    @Nullable String resource() {
      var tree = document.tree();
      var name = tree.path("metadata").path("name").textValue();
      var kind = tree.path("kind").textValue();
      var namespace = tree.path("metadata").path("namespace").asText(DEFAULT_NAMESPACE);
      return name == null || kind == null ? null : kind + " " + namespace + "/" + name;
    }
  }
}
