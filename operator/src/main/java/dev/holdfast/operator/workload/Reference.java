package dev.holdfast.operator.workload;

import org.jspecify.annotations.Nullable;

/**
 * A Secret or ConfigMap, or one key of it, that a resource names.
 *
 * @param key null: the object as a whole
 * @param field that names it, such as {@code spec.hooks[0].http.urlSecretRef}
 */
public record Reference(Kind kind, String name, @Nullable String key, String field) {

  /** As Kubernetes writes them. */
  public enum Kind {
    Secret,
    ConfigMap
  }

  @Override
  public String toString() {
    return key == null ? "%s %s".formatted(kind, name) : "%s %s, key %s".formatted(kind, name, key);
  }
}
