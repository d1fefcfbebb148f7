package dev.holdfast.floatingip.hetzner;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.floatingip.hetzner.model.ApiFailure;
import dev.holdfast.floatingip.hetzner.model.ApiFailure.AlreadyAssigned;
import dev.holdfast.floatingip.hetzner.model.ApiFailure.Conflict;
import dev.holdfast.floatingip.hetzner.model.ApiFailure.Forbidden;
import dev.holdfast.floatingip.hetzner.model.ApiFailure.Locked;
import dev.holdfast.floatingip.hetzner.model.ApiFailure.Malformed;
import dev.holdfast.floatingip.hetzner.model.ApiFailure.NotFound;
import dev.holdfast.floatingip.hetzner.model.ApiFailure.RateLimited;
import dev.holdfast.floatingip.hetzner.model.ApiFailure.ReadOnlyToken;
import dev.holdfast.floatingip.hetzner.model.ApiFailure.Refused;
import dev.holdfast.floatingip.hetzner.model.ApiFailure.ServerError;
import dev.holdfast.floatingip.hetzner.model.ApiFailure.Unauthorized;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells failures apart: by the code in the body, because one status stands for several; by the
 * status when there is no body, as from a gateway.
 */
final class ErrorReader {
  private static final int LONGEST_MESSAGE = 300;

  private ErrorReader() {}

  /**
   * @param body null when it is no JSON
   * @param resetAt from the rate limit's header
   */
  static ApiFailure read(
      int status, @Nullable JsonNode body, String correlationId, @Nullable Instant resetAt) {
    var error = body == null ? null : body.get("error");
    var code = error == null ? "" : error.path("code").asText("");
    var said = error == null ? "no reason given" : error.path("message").asText("");
    var message =
        clean("HTTP " + status + (code.isEmpty() ? "" : " " + code) + ": " + said)
            + (correlationId.isEmpty() ? "" : " (correlation id " + clean(correlationId) + ")");
    return switch (code) {
      case "unauthorized" -> new Unauthorized(message);
      case "token_readonly" -> new ReadOnlyToken(message);
      case "forbidden" -> new Forbidden(message);
      case "not_found" -> new NotFound(message);
      case "conflict" -> new Conflict(message);
      case "locked" -> new Locked(message);
      case "floating_ip_assigned" -> new AlreadyAssigned(message);
      case "rate_limit_exceeded" -> new RateLimited(message, resetAt);
      case "" -> byStatus(status, message, resetAt);
      default -> status >= 500 ? new ServerError(status, message) : new Refused(code, message);
    };
  }

  private static ApiFailure byStatus(int status, String message, @Nullable Instant resetAt) {
    return switch (status) {
      case 401 -> new Unauthorized(message);
      case 403 -> new Forbidden(message);
      case 404 -> new NotFound(message);
      case 409 -> new Conflict(message);
      case 423 -> new Locked(message);
      case 429 -> new RateLimited(message, resetAt);
      default -> {
        if (status >= 500) {
          yield new ServerError(status, message);
        }
        yield status >= 400
            ? new Refused("http_" + status, message)
            : new Malformed("expected a result or an error, found " + message);
      }
    };
  }

  /** What a server says goes into logs and conditions: one line, of bounded length. */
  private static String clean(String text) {
    var line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "...";
  }
}
