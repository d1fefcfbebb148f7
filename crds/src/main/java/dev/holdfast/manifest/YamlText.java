package dev.holdfast.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** YAML that is no manifest, read by the same rules as those. */
public final class YamlText {
  private YamlText() {}

  /**
   * One document; a missing node when there is none.
   *
   * @throws IllegalArgumentException with the line, and what is not as it should be there; quotes
   *     no value
   */
  public static JsonNode tree(String text) {
    var read = DocumentReader.read(text);
    if (!read.faults().isEmpty()) {
      var fault = read.faults().getFirst();
      throw new IllegalArgumentException(
          "line %d: expected YAML, found something else".formatted(fault.line()));
    }
    if (read.documents().size() > 1) {
      throw new IllegalArgumentException("expected one document, found " + read.documents().size());
    }
    if (read.documents().isEmpty()) {
      return MissingNode.getInstance();
    }
    var document = read.documents().getFirst();
    for (var fault : document.faults()) {
      throw new IllegalArgumentException(
          "line %d: %s: a key that stands there twice, or a value of a kind that is not supported"
              .formatted(fault.line(), fault.path()));
    }
    return document.tree();
  }
}
