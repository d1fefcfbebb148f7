package dev.holdfast.floatingip.fake;

import java.util.regex.Pattern;

/**
 * Which requests a fault hits.
 *
 * @param method {@code *} for all
 * @param path a star stands for anything but a slash
 * @param times how often, until the rule is used up
 * @param probability from 0 to 1
 */
public record FaultRule(String method, String path, int times, double probability, Fault fault) {

  /** The next requests of this kind. */
  public static FaultRule next(int times, String method, String path, Fault fault) {
    return new FaultRule(method, path, times, 1, fault);
  }

  boolean hits(String method, String path) {
    var pattern = Pattern.quote(this.path).replace("*", "\\E[^/]*\\Q");
    return (this.method.equals("*") || this.method.equals(method)) && path.matches(pattern);
  }

  FaultRule used() {
    return new FaultRule(method, path, times - 1, probability, fault);
  }
}
