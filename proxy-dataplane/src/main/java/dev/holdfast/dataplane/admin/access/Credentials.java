package dev.holdfast.dataplane.admin.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request brought to prove who sent it.
 *
 * @param bearer the token, unchecked
 * @param certificateNames DNS names of the client's certificate, which the TLS handshake has
 *     verified against the CA; null when there was no certificate
 */
public record Credentials(@Nullable String bearer, @Nullable List<String> certificateNames) {

  /** Keeps the token out of every log line. */
  @Override
  public String toString() {
    return "Credentials[bearer=%s, certificateNames=%s]"
        .formatted(bearer == null ? "absent" : "present", certificateNames);
  }
}
