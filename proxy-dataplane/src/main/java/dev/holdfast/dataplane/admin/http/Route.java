package dev.holdfast.dataplane.admin.http;

import dev.holdfast.dataplane.admin.access.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * One method of one path.
 *
 * @param template path whose segments in braces stand for anything but a slash
 * @param maxBody bytes
 */
public record Route(String method, String template, Scope scope, int maxBody, Handler handler) {

  /** Answers a request. Called on the event loop: must not block. */
  @FunctionalInterface
  public interface Handler {
    CompletionStage<Response> handle(Request request);
  }

  /** The variables of a path that this route is for. */
  Optional<Map<String, String>> match(List<String> segments) {
    var wanted = List.of(template.split("/", -1));
    if (wanted.size() != segments.size()) {
      return Optional.empty();
    }
    var variables = new HashMap<String, String>();
    for (int i = 0; i < wanted.size(); i++) {
      var want = wanted.get(i);
      if (want.startsWith("{")) {
        variables.put(want.substring(1, want.length() - 1), segments.get(i));
      } else if (!want.equals(segments.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(Map.copyOf(variables));
  }
}
