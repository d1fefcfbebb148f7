package dev.holdfast.cli.console;

import org.jspecify.annotations.Nullable;

/** Ends a command with exit code 1; the message is for the user and is printed as it is. */
public final class CommandFailed extends RuntimeException {

  public CommandFailed(String message) {
    super(message);
  }

  /**
   * @param cause shown with {@code --debug} only
   */
  public CommandFailed(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
