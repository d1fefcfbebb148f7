package dev.holdfast.health.reference;

/** A value that is named is not there, or is not fit for use. The message never holds it. */
public final class MissingReference extends Exception {
  private static final long serialVersionUID = 1;

  public MissingReference(Reference reference, String problem) {
    super(reference + ": " + problem);
  }

  public MissingReference(Reference reference, String problem, Throwable cause) {
    super(reference + ": " + problem, cause);
  }
}
