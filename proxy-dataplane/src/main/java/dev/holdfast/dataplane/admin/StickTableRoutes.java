package dev.holdfast.dataplane.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.holdfast.api.dataplane.StatusJson;
import dev.holdfast.dataplane.admin.access.Scope;
import dev.holdfast.dataplane.admin.http.Refusal;
import dev.holdfast.dataplane.admin.http.Request;
import dev.holdfast.dataplane.admin.http.Response;
import dev.holdfast.dataplane.admin.http.Route;
import dev.holdfast.dataplane.sticky.table.StickKey;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The keys of a StickyBalancer, part by part, and the end of one. */
final class StickTableRoutes {
  private static final String TABLE = "/api/v1/stickybalancers/{namespace}/{name}/stick-table";
  private static final Set<String> QUESTIONS = Set.of("key", "group", "limit", "after");
  private static final int LIMIT = 100;
  private static final int MOST = 1_000;

  private final StickControl.Directory balancers;

  StickTableRoutes(StickControl.Directory balancers) {
    this.balancers = balancers;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", TABLE, Scope.READ, 0, request -> guarded(request, this::list)),
        new Route(
            "DELETE", TABLE + "/{key}", Scope.ADMIN, 0, request -> guarded(request, this::remove)));
  }

  /** What a question holds that cannot be read is told to its asker. */
  private static CompletionStage<Response> guarded(
      Request request, Function<Request, CompletionStage<Response>> handler) {
    try {
      return handler.apply(request);
    } catch (IllegalArgumentException e) {
      return answer(Refusal.badRequest(String.valueOf(e.getMessage())).toResponse());
    }
  }

  private CompletionStage<Response> list(Request request) {
    for (var name : request.query().keySet()) {
      if (!QUESTIONS.contains(name)) {
        throw new IllegalArgumentException(
            "expected some of key, group, limit and after, found " + name);
      }
    }
    var key = request.query().get("key");
    var group = number(request, "group", 0, Integer.MAX_VALUE);
    var after = number(request, "after", 0, Integer.MAX_VALUE);
    var limit = number(request, "limit", 1, MOST);
    return found(
        request,
        balancer -> {
          var part =
              key == null
                  ? balancer.entries(
                      group, after == null ? 0 : after, limit == null ? LIMIT : limit)
                  : balancer.entry(key(key));
          return part.thenApply(StickTableRoutes::json);
        });
  }

  private CompletionStage<Response> remove(Request request) {
    var text = request.variable("key");
    var key = key(text);
    return found(
        request,
        balancer ->
            balancer
                .remove(key)
                .thenApply(known ->
                    known
                        ? Response.empty(204)
                        : Refusal.notFound("no entry has the key " + text).toResponse()));
  }

  private static StickKey key(String text) {
    try {
      return StickKey.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "expected a key: an IP address, and perhaps a slash (in a path: %2F) and hexadecimal"
              + " digits; found "
              + text,
          e);
    }
  }

  private static @Nullable Integer number(Request request, String name, int least, int most) {
    var text = request.query().get(name);
    if (text == null) {
      return null;
    }
    try {
      var number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // what is expected is said in any case
    }
    throw new IllegalArgumentException(
        "%s: expected a number from %d to %d, found %s".formatted(name, least, most, text));
  }

  private CompletionStage<Response> found(
      Request request, Function<StickControl, CompletionStage<Response>> then) {
    var namespace = request.variable("namespace");
    var name = request.variable("name");
    var balancer = balancers.find(namespace, name);
    return balancer.isPresent()
        ? then.apply(balancer.get())
        : answer(
            Refusal.notFound("no StickyBalancer %s/%s runs here".formatted(namespace, name))
                .toResponse());
  }

  private static CompletionStage<Response> answer(Response response) {
    return CompletableFuture.completedStage(response);
  }

  private static Response json(StickControl.Part part) {
    try {
      return Response.json(200, StatusJson.mapper().writeValueAsString(part));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("entries could not be written as JSON", e);
    }
  }
}
