package dev.holdfast.cli.convert;

import dev.holdfast.cli.console.ProblemText;
import dev.holdfast.manifest.Problem;
import java.util.List;

/**
 * Another tool's configuration is not there, or the tool would not take it. Shows no value of it.
 */
public final class BadConfiguration extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BadConfiguration(String message) {
    super(message);
  }

  public BadConfiguration(List<Problem> problems) {
    super(ProblemText.of(problems));
  }
}
