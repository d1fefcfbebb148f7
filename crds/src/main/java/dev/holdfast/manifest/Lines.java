package dev.holdfast.manifest;

import java.util.Map;

/**
 * Where the fields of one resource stand in its file.
 *
 * @param byPath 1-based line of every field that was written
 */
public record Lines(Map<String, Integer> byPath) {
  public static final Lines UNKNOWN = new Lines(Map.of());

  public Lines {
    byPath = Map.copyOf(byPath);
  }

  /** The line of a field, or of the nearest written one around it; 0 when none is known. */
  public int at(String path) {
    for (var around = path; ; around = parent(around)) {
      var line = byPath.get(around);
      if (line != null) {
        return line;
      }
      if (around.isEmpty()) {
        return 0;
      }
    }
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
  }
}
