package dev.holdfast.floatingip.hetzner.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Why a call gave no result. */
public sealed interface ApiFailure {

  /** For people; names the correlation id when the API gave one. Never holds the token. */
  String message();

  /**
   * @param resetAt when the whole budget is back; null when the API did not say
   */
  record RateLimited(String message, @Nullable Instant resetAt) implements ApiFailure {}

  /** An action runs on the object. */
  record Locked(String message) implements ApiFailure {}

  /** The object changed during the call. */
  record Conflict(String message) implements ApiFailure {}

  /** The IP is assigned, perhaps already to the wanted server. */
  record AlreadyAssigned(String message) implements ApiFailure {}

  /** The token is wrong or was revoked. */
  record Unauthorized(String message) implements ApiFailure {}

  record ReadOnlyToken(String message) implements ApiFailure {}

  record Forbidden(String message) implements ApiFailure {}

  record NotFound(String message) implements ApiFailure {}

  /** The API will not do this, however often it is asked. */
  record Refused(String code, String message) implements ApiFailure {}

  /** A 5xx answer, from the API or a gateway before it. */
  record ServerError(int status, String message) implements ApiFailure {}

  /** No connection: the call was not made. */
  record Unreachable(String message) implements ApiFailure {}

  /** The call was sent, and no answer came. */
  record NoAnswer(String message) implements ApiFailure {}

  /** An answer that is not what the API promises. */
  record Malformed(String message) implements ApiFailure {}

  /** For conditions, events and metric labels. */
  default String reason() {
    return switch (this) {
      case RateLimited _ -> "RateLimited";
      case Locked _ -> "Locked";
      case Conflict _ -> "Conflict";
      case AlreadyAssigned _ -> "AlreadyAssigned";
      case Unauthorized _ -> "Unauthorized";
      case ReadOnlyToken _ -> "ReadOnlyToken";
      case Forbidden _ -> "Forbidden";
      case NotFound _ -> "NotFound";
      case Refused _ -> "Refused";
      case ServerError _ -> "ServerError";
      case Unreachable _ -> "Unreachable";
      case NoAnswer _ -> "NoAnswer";
      case Malformed _ -> "Malformed";
    };
  }

  /** Whether a write may have happened all the same: look before it is repeated. */
  default boolean mayHaveHappened() {
    return switch (this) {
      case ServerError _, NoAnswer _, Malformed _ -> true;
      case RateLimited _, Locked _, Conflict _, AlreadyAssigned _, Unreachable _ -> false;
      case Unauthorized _, ReadOnlyToken _, Forbidden _, NotFound _, Refused _ -> false;
    };
  }

  /** Whether every other call with this token fails too, until somebody changes the token. */
  default boolean concernsToken() {
    return switch (this) {
      case Unauthorized _, ReadOnlyToken _, Forbidden _ -> true;
      case RateLimited _, Locked _, Conflict _, AlreadyAssigned _, NotFound _, Refused _ -> false;
      case ServerError _, Unreachable _, NoAnswer _, Malformed _ -> false;
    };
  }

  /** Whether the same call may well succeed a little later. */
  default boolean passes() {
    return switch (this) {
      case RateLimited _, Locked _, Conflict _ -> true;
      case ServerError _, Unreachable _, NoAnswer _, Malformed _ -> true;
      case AlreadyAssigned _, Unauthorized _, ReadOnlyToken _, Forbidden _ -> false;
      case NotFound _, Refused _ -> false;
    };
  }
}
