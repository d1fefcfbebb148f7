package dev.holdfast.dataplane.admin.http;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a request is answered with. */
public sealed interface Response {

  /** Status, headers beyond the usual ones, and a body of any length. */
  record Whole(int status, String contentType, String body, Map<String, String> headers)
      implements Response {

    /**
     * 304 in place of 200 when the client has it already.
     *
     * @param ifNoneMatch every header of that name
     */
    Whole unless(List<String> ifNoneMatch) {
      var tag = headers.get("ETag");
      return status == 200 && tag != null && ifNoneMatch.stream().anyMatch(has -> names(has, tag))
          ? new Whole(304, contentType, body, headers)
          : this;
    }

    private static boolean names(String list, String tag) {
      return Arrays.stream(list.split(","))
          .map(String::strip)
          .map(each -> each.startsWith("W/") ? each.substring(2) : each)
          .anyMatch(each -> each.equals(tag) || each.equals("*"));
    }
  }

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
