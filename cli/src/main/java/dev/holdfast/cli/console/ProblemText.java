package dev.holdfast.cli.console;

import dev.holdfast.manifest.Problem;
import java.util.List;

/** Problems as a person reads them: how many, then one a line. */
public final class ProblemText {
  private ProblemText() {}

  public static String of(List<Problem> problems) {
    var text = new StringBuilder(count(problems.size(), "problem"));
    problems.forEach(problem -> text.append("\n  ").append(problem));
    return text.toString();
  }

  /** Such as {@code 1 problem} or {@code 2 problems}. */
  public static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
