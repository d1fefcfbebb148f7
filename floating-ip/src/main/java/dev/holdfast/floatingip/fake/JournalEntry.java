package dev.holdfast.floatingip.fake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request and its answer.
 *
 * @param tokenName never the token itself
 * @param status 0 when the connection was dropped
 * @param errorCode null when it was no error
 */
public record JournalEntry(
    Instant at,
    @Nullable String tokenName,
    String method,
    String path,
    String query,
    @Nullable String body,
    int status,
    @Nullable String errorCode) {

  public boolean write() {
    return !method.equals("GET");
  }
}
