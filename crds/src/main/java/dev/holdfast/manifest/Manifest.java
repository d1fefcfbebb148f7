package dev.holdfast.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One resource that passed every check, with the schema's defaults filled in.
 *
 * @param uid null outside a cluster
 * @param generation 0 outside a cluster
 * @param tree the whole resource: apiVersion, kind, metadata, spec and, if it was there, status
 * @param lines where the fields stand in the file
 */
public record Manifest(
    String kind,
    String namespace,
    String name,
    @Nullable String uid,
    long generation,
    String file,
    ObjectNode tree,
    Lines lines) {

  /** A manifest that no file holds. */
  public Manifest(
      String kind,
      String namespace,
      String name,
      @Nullable String uid,
      long generation,
      String file,
      ObjectNode tree) {
    this(kind, namespace, name, uid, generation, file, tree, Lines.UNKNOWN);
  }

  /** {@code kind namespace/name}, as people see it in messages. */
  public String resource() {
    return kind + " " + namespace + "/" + name;
  }

  /** Something that is wrong with this resource though the schema allows it. */
  public Problem problem(String field, String message) {
    return new Problem(file, lines.at(field), field, resource(), message);
  }
}
