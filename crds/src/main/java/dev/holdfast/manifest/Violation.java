package dev.holdfast.manifest;

/**
 * A value that the schema does not allow.
 *
 * @param blocking whether rules cannot be evaluated on such a resource
 */
public record Violation(String path, String message, boolean blocking) {

  /** The path of a field of an object. */
  public static String join(String path, String field) {
    return path.isEmpty() ? field : path + "." + field;
  }
}
