package dev.holdfast.operator.status;

/**
 * The answer to one question about a resource.
 *
 * @param reason CamelCase and never empty
 * @param message for people; shortened where it is too long for a condition
 */
public record Verdict(Answer answer, String reason, String message) {

  /** The values of a condition's status, as Kubernetes writes them. */
  public enum Answer {
    True,
    False,
    Unknown
  }

  private static final int MAX_MESSAGE = 1024;
  private static final String MARK = " ...";

  public Verdict {
    if (message.length() > MAX_MESSAGE) {
      message = message.substring(0, MAX_MESSAGE - MARK.length()) + MARK;
    }
  }

  public static Verdict yes(String reason, String message) {
    return new Verdict(Answer.True, reason, message);
  }

  public static Verdict no(String reason, String message) {
    return new Verdict(Answer.False, reason, message);
  }

  public static Verdict unknown(String reason, String message) {
    return new Verdict(Answer.Unknown, reason, message);
  }
}
