package dev.holdfast.cli.flipper;

import dev.holdfast.cli.console.ProblemText;
import dev.holdfast.manifest.Problem;
import java.util.List;

/** flipper's configuration is not there, or flipper would not take it. Shows no value of it. */
public final class BadConfiguration extends RuntimeException {
  private static final long serialVersionUID = 1;

  BadConfiguration(String message) {
    super(message);
  }

  BadConfiguration(List<Problem> problems) {
    super(ProblemText.of(problems));
  }
}
