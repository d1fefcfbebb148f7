package dev.holdfast.operator.events;

/**
 * Something that happened to a resource.
 *
 * @param reason CamelCase, one for each kind of thing that happens
 * @param action what was done about it, CamelCase
 * @param occasion tells this time from every other time; the same occasion is never told twice
 */
public record Notice(Type type, String reason, String action, String note, String occasion) {

  /** As Kubernetes writes them. */
  public enum Type {
    Normal,
    Warning
  }
}
