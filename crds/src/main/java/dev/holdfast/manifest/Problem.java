package dev.holdfast.manifest;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a manifest.
 *
 * @param file as the user named it
 * @param line 1-based; 0 when the problem has no place in the file
 * @param field path of the field, such as {@code spec.backends[1].port}; empty for the whole file
 * @param resource {@code kind namespace/name}, when it could be told
 * @param message what was expected, what was found, what to do
 */
public record Problem(
    String file, int line, String field, @Nullable String resource, String message) {

  @Override
  public String toString() {
    var place = line > 0 ? file + ":" + line : file;
    return field.isEmpty() ? place + ": " + message : place + ": " + field + ": " + message;
  }
}
