package dev.holdfast.dataplane.admin.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
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
    record Found(Route route, Map<String, String> variables, Map<String, String> query)
        implements Match {}

    record None(Refusal refusal) implements Match {}
  }

  /**
   * @param target the request line's target, in origin form
   */
  Match find(String method, String target) {
    List<String> segments;
    Map<String, String> query;
    try {
      segments = segments(target);
      query = query(target);
    } catch (IllegalArgumentException e) {
      return new Match.None(Refusal.badRequest("the request's path or query is not a valid one"));
    }
    var wanted = method.equals("HEAD") ? "GET" : method;
    var allowed = new TreeSet<String>();
    for (var route : routes) {
      var variables = route.match(segments);
      if (variables.isPresent()) {
        if (route.method().equals(wanted)) {
          return new Match.Found(route, variables.get(), query);
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

  /** Each name once. */
  private static Map<String, String> query(String target) {
    var parts = target.split("#", 2)[0].split("\\?", 2);
    var query = new HashMap<String, String>();
    if (parts.length == 2 && !parts[1].isEmpty()) {
      for (var pair : parts[1].split("&", -1)) {
        var sides = pair.split("=", 2);
        var value = sides.length == 2 ? URLDecoder.decode(sides[1], UTF_8) : "";
        if (query.put(URLDecoder.decode(sides[0], UTF_8), value) != null) {
          throw new IllegalArgumentException("a name occurs twice");
        }
      }
    }
    return Map.copyOf(query);
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
