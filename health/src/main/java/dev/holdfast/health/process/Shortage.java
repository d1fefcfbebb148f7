package dev.holdfast.health.process;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what this machine has run out of from what something asked for was denied with. */
public final class Shortage {
  /** The kernel's words for EMFILE, ENFILE, EAGAIN of a fork, and ENOMEM: the JDK has no types. */
  private static final List<String> WORDS =
      List.of("Too many open files", "Resource temporarily unavailable", "Cannot allocate memory");

  private Shortage() {}

  /**
   * Whether there was no descriptor, process, thread or memory left for it: then the failure says
   * nothing about what was asked for.
   */
  public static boolean causes(@Nullable Throwable failure) {
    for (var at = failure; at != null; at = at.getCause()) {
      var message = String.valueOf(at.getMessage());
      if (at instanceof OutOfMemoryError || WORDS.stream().anyMatch(message::contains)) {
        return true;
      }
    }
    return false;
  }
}
