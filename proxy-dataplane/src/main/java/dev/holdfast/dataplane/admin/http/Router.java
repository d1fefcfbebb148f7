package dev.holdfast.dataplane.admin.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds the route of a request. */
final class Router {
  private final List<Route> routes;

  Router(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  sealed interface Match {
    record Found(Route route, Map<String, String> variables) implements Match {}

    record None(Refusal refusal) implements Match {}
  }

  /**
   * @param target the request line's target, in origin form
   */
  Match find(String method, String target) {
    List<String> segments;
    try {
      segments = segments(target);
    } catch (IllegalArgumentException e) {
      return new Match.None(Refusal.badRequest("the request's path is not a valid one"));
    }
    var wanted = method.equals("HEAD") ? "GET" : method;
    var allowed = new TreeSet<String>();
    for (var route : routes) {
      var variables = route.match(segments);
      if (variables.isPresent()) {
        if (route.method().equals(wanted)) {
          return new Match.Found(route, variables.get());
        }
        allowed.add(route.method());
      }
    }
    return new Match.None(allowed.isEmpty() ? notFound() : notAllowed(allowed));
  }

  /** Split first and decoded then, so that an encoded slash stays within its segment. */
  private static List<String> segments(String target) {
    var path = target.split("[?#]", 2)[0];
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("not in origin form");
    }
    return List.of(path.split("/", -1)).stream()
        .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), UTF_8))
        .toList();
  }

  private static Refusal notFound() {
    return Refusal.notFound("there is nothing at this path; see /spec/v1/openapi.yaml");
  }

  private static Refusal notAllowed(Set<String> allowed) {
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    var list = String.join(", ", allowed);
    return new Refusal(405, "MethodNotAllowed", "this path takes " + list, Map.of("Allow", list));
  }
}
