package dev.holdfast.health.probe;

import dev.holdfast.health.Warning;
import dev.holdfast.health.Warning.Level;
import dev.holdfast.health.reference.Reference;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * @param name asked for in the handshake and looked for in the certificate; empty for the Host
 *     header's, or the backend's host
 * @param trusted PEM certificates of authorities; null for the system's
 */
public record TlsOptions(
    String name, boolean insecureSkipVerify, @Nullable Reference trusted, WarnExpiry warnExpiry) {

  /** Rests of a certificate's validity below which there is a warning. */
  public record WarnExpiry(Duration warning, Duration critical) {

    /** Warns of nothing. */
    public static WarnExpiry never() {
      return new WarnExpiry(Duration.ZERO, Duration.ZERO);
    }

    @Nullable Warning judge(Instant end, Instant now) {
      var left = Duration.between(now, end);
      var text = "its certificate ends at " + end;
      if (left.compareTo(critical) < 0) {
        return new Warning(Level.Critical, text);
      }
      return left.compareTo(warning) < 0 ? new Warning(Level.Warning, text) : null;
    }
  }

  TlsOptions withName(String other) {
    return new TlsOptions(other, insecureSkipVerify, trusted, warnExpiry);
  }

  /** As a client does that knows only the system's authorities. */
  static TlsOptions verified() {
    return new TlsOptions("", false, null, WarnExpiry.never());
  }
}
