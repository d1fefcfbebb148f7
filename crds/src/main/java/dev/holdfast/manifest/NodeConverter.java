package dev.holdfast.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.manifest.Document.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Makes JSON of one YAML document and notes the line of every field. Used once. */
final class NodeConverter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MAX_NODES = 200_000;
  private static final int MAX_DEPTH = 100;
  private static final Set<Tag> COLLECTIONS = Set.of(Tag.MAP, Tag.SEQ);

  private final Map<String, Integer> lines = new HashMap<>();
  private final List<Fault> faults = new ArrayList<>();
  private int nodes;

  Document document(Node root) {
    lines.put("", line(root));
    var tree = convert(root, "", 0);
    return new Document(tree, new Lines(lines), List.copyOf(faults));
  }

  private JsonNode convert(Node node, String path, int depth) {
    count(depth);
    if (node instanceof ScalarNode scalar) {
      return scalar(scalar, path);
    }
    if (!COLLECTIONS.contains(node.getTag())) {
      fault(node, path, "tag %s is not supported; leave it out".formatted(node.getTag()));
    }
    return switch (node) {
      case SequenceNode sequence -> sequence(sequence, path, depth);
      case MappingNode mapping -> mapping(mapping, path, depth);
      default -> throw new IllegalStateException("a composed document holds no " + node);
    };
  }

  private void count(int depth) {
    if (++nodes > MAX_NODES || depth > MAX_DEPTH) {
      throw new TooLargeException(
          "more than %d values or %d levels, aliases followed".formatted(MAX_NODES, MAX_DEPTH));
    }
  }

  private JsonNode sequence(SequenceNode node, String path, int depth) {
    var array = JSON.arrayNode();
    for (var item : node.getValue()) {
      var itemPath = path + "[" + array.size() + "]";
      lines.putIfAbsent(itemPath, line(item));
      array.add(convert(item, itemPath, depth + 1));
    }
    return array;
  }

  private ObjectNode mapping(MappingNode node, String path, int depth) {
    var object = JSON.objectNode();
    var merged = new ArrayList<NodeTuple>();
    for (var tuple : node.getValue()) {
      if (isMerge(tuple.getKeyNode())) {
        merged.add(tuple);
        continue;
      }
      key(tuple.getKeyNode(), path).ifPresent(key -> put(object, key, tuple, path, depth));
    }
    merged.forEach(tuple -> merge(object, tuple.getValueNode(), path, depth + 1));
    return object;
  }

  private void put(ObjectNode object, String key, NodeTuple tuple, String path, int depth) {
    var field = path.isEmpty() ? key : path + "." + key;
    if (object.has(key)) {
      fault(tuple.getKeyNode(), field, "key \"%s\" already set in map".formatted(key));
      return;
    }
    lines.putIfAbsent(field, line(tuple.getKeyNode()));
    object.set(key, convert(tuple.getValueNode(), field, depth + 1));
  }

  private void merge(ObjectNode object, Node source, String path, int depth) {
    count(depth);
    if (source instanceof SequenceNode sequence) {
      sequence.getValue().forEach(item -> merge(object, item, path, depth + 1));
    } else if (source instanceof MappingNode mapping) {
      mapping(mapping, path, depth).properties().stream()
          .filter(entry -> !object.has(entry.getKey()))
          .forEach(entry -> object.set(entry.getKey(), entry.getValue()));
    } else {
      fault(source, path, "map merge requires map or sequence of maps as the value");
    }
  }

  private Optional<String> key(Node node, String path) {
    if (node instanceof ScalarNode scalar) {
      var value = scalar(scalar, path);
      if (!value.isNull()) {
        return Optional.of(value.asText());
      }
    }
    fault(node, path, "a key must be a string");
    return Optional.empty();
  }

  private JsonNode scalar(ScalarNode node, String path) {
    var text = node.getValue();
    if (Tag.STR.equals(node.getTag())) {
      return JSON.textNode(text);
    }
    if (!node.getTag().equals(DocumentReader.PLAIN)) {
      fault(node, path, "tag %s is not supported; leave it out".formatted(node.getTag()));
    }
    if (PlainScalar.notFinite(text)) {
      fault(node, path, "unsupported value: " + text);
      return JSON.textNode(text);
    }
    return PlainScalar.resolve(text);
  }

  private static boolean isMerge(Node key) {
    return key instanceof ScalarNode scalar
        && scalar.getValue().equals("<<")
        && scalar.getTag().equals(DocumentReader.PLAIN);
  }

  private void fault(Node node, String path, String message) {
    faults.add(new Fault(line(node), path, message));
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  /** The document is larger than any manifest can be, most likely by aliases of aliases. */
  static final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLargeException(String message) {
      super(message);
    }
  }
}
