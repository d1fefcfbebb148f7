package dev.holdfast.floatingip.fake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Reads of actions. */
final class ActionRoutes {
  private static final Comparator<FakeAction> BY_FINISHED =
      Comparator.comparing(FakeAction::finished, Comparator.nullsLast(Comparator.naturalOrder()));
  private static final Map<String, Comparator<FakeAction>> SORTS =
      Map.of(
          "id", Comparator.comparingLong(FakeAction::id),
          "command", Comparator.comparing(FakeAction::command),
          "status", Comparator.comparing(FakeAction::status),
          "started", Comparator.comparing(FakeAction::started),
          "finished", BY_FINISHED);

  private ActionRoutes() {}

  /** Only those that are asked for: a list of everything is no longer given. */
  static ApiReply listed(Occasion occasion) {
    var ids = occasion.request().all("id");
    if (ids.isEmpty()) {
      throw new ApiError(410, "deprecated_api_endpoint", "the parameter 'id' is required");
    }
    var wanted = ids.stream().map(Occasion::number).toList();
    return page(occasion, action -> wanted.contains(action.id()));
  }

  static ApiReply one(Occasion occasion) {
    return one(occasion, occasion.id(1), _ -> true);
  }

  static ApiReply ofIps(Occasion occasion) {
    var ids = occasion.request().all("id").stream().map(Occasion::number).toList();
    return page(
        occasion, action -> ofAnyIp(action) && (ids.isEmpty() || ids.contains(action.id())));
  }

  static ApiReply oneOfIps(Occasion occasion) {
    return one(occasion, occasion.id(2), ActionRoutes::ofAnyIp);
  }

  static ApiReply ofIp(Occasion occasion) {
    var ip = occasion.project().ip(occasion.id(1));
    return page(occasion, action -> action.concerns(FloatingIpActions.TYPE, ip.id()));
  }

  static ApiReply oneOfIp(Occasion occasion) {
    var ip = occasion.project().ip(occasion.id(1));
    return one(
        occasion, occasion.id(3), action -> action.concerns(FloatingIpActions.TYPE, ip.id()));
  }

  static ObjectNode body(FakeAction action) {
    var body = JsonNodeFactory.instance.objectNode();
    body.set("action", ObjectJson.of(action));
    return body;
  }

  private static boolean ofAnyIp(FakeAction action) {
    return action.resources().stream().anyMatch(r -> r.type().equals(FloatingIpActions.TYPE));
  }

  private static ApiReply one(Occasion occasion, long id, Predicate<FakeAction> which) {
    var action = occasion.seen().actions().get(id);
    if (action == null || !which.test(action)) {
      throw ApiError.notFound("action", id);
    }
    return new ApiReply(200, body(action));
  }

  private static ApiReply page(Occasion occasion, Predicate<FakeAction> which) {
    var statuses = occasion.request().all("status");
    List<FakeAction> found =
        occasion.seen().actions().values().stream()
            .filter(which)
            .filter(action -> statuses.isEmpty() || statuses.contains(action.status()))
            .toList();
    return new Listing<>("actions", SORTS, ObjectJson::of)
        .page(
            occasion.request(),
            occasion.ordered(found),
            occasion.project().settings().clampPerPage());
  }
}
