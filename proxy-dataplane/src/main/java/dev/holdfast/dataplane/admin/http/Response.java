package dev.holdfast.dataplane.admin.http;

import java.util.Map;
import java.util.function.Function;

/** What a request is answered with. */
public sealed interface Response {

  /** Status, headers beyond the usual ones, and a body of any length. */
  record Whole(int status, String contentType, String body, Map<String, String> headers)
      implements Response {}

  /**
   * Server-sent events until one side ends them.
   *
   * @param opener begins to send events to the stream and returns what ends that
   */
  record Events(Function<EventStream, AutoCloseable> opener) implements Response {}

  static Whole text(int status, String contentType, String body) {
    return new Whole(status, contentType, body, Map.of());
  }

  static Whole json(int status, String body) {
    return text(status, "application/json", body);
  }

  /** Only the status. */
  static Whole empty(int status) {
    return text(status, "", "");
  }
}
