package dev.holdfast.cli.console;

import dev.holdfast.manifest.Problem;
import java.util.List;

/** Problems as a person reads them: how many, then one a line. */
public final class ProblemText {
  private ProblemText() {}

  public static String of(List<Problem> problems) {
    var text = new StringBuilder(Plural.of(problems.size(), "problem"));
    problems.forEach(problem -> text.append("\n  ").append(problem));
    return text.toString();
  }
}
