package dev.holdfast.dataplane.sticky;

/** Why a group serves whom it serves. */
public sealed interface Cause {

  /** The configuration says so. */
  record Spec() implements Cause {
    @Override
    public String toString() {
      return "Spec";
    }
  }

  /** Somebody said so while it ran. */
  record AtRuntime() implements Cause {
    @Override
    public String toString() {
      return "Runtime";
    }
  }

  /** A check fails. */
  record Check(String name) implements Cause {
    @Override
    public String toString() {
      return "Check/" + name;
    }
  }

  /** A check has no verdict yet. */
  record Unknown() implements Cause {
    @Override
    public String toString() {
      return "Unknown";
    }
  }

  /** A server of the group says that it is unwell. */
  record Reported() implements Cause {
    @Override
    public String toString() {
      return "Reported";
    }
  }
}
