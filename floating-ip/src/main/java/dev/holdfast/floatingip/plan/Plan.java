package dev.holdfast.floatingip.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * What is to be changed, and why the rest is not; every observed floating IP is in one of the two.
 * Both are ordered by the floating IP's id.
 */
public record Plan(List<Step> steps, List<Untouched> untouched) {
  private static final int ID_BYTES = 8;

  public Plan {
    steps =
        steps.stream().sorted(Comparator.comparingLong(step -> step.floatingIp().id())).toList();
    untouched =
        untouched.stream()
            .sorted(Comparator.comparingLong(kept -> kept.floatingIp().id()))
            .toList();
  }

  /** Names the steps, whoever computed them and whenever: 16 hex digits, part of a SHA-256. */
  public String id() {
    var text = new StringBuilder();
    for (var step : steps) {
      text.append(step.floatingIp().id()).append(':');
      step.from().ifPresent(text::append);
      text.append('>').append(step.to().id()).append('\n');
    }
    var digest = sha256().digest(text.toString().getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().formatHex(digest, 0, ID_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256, this one does not", e);
    }
  }
}
