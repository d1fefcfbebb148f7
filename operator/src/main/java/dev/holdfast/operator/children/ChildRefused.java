package dev.holdfast.operator.children;

import java.util.Objects;

/** A child was left as it is, because the object of that name is not ours to change. */
public final class ChildRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Whether waiting helps. */
  private final boolean passing;

  private ChildRefused(String message, boolean passing) {
    super(message);
    this.passing = passing;
  }

  static ChildRefused foreign(String kind, String name) {
    return new ChildRefused(
        "%s %s exists and is not controlled by this resource: delete or rename one of them"
            .formatted(kind, name),
        false);
  }

  static ChildRefused ofPredecessor(String kind, String name) {
    return new ChildRefused(
        "%s %s of a deleted resource of the same name is still being removed".formatted(kind, name),
        true);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  public boolean isPassing() {
    return passing;
  }
}
