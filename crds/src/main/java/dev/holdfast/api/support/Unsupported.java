package dev.holdfast.api.support;

/**
 * A field that is set and does nothing yet.
 *
 * @param field path of the field, such as {@code spec.hooks}
 * @param advice what to do about it
 */
public record Unsupported(String field, String advice) {

  @Override
  public String toString() {
    return field + ": " + advice;
  }
}
