package dev.holdfast.dataplane.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.holdfast.api.GatewayDuration;
import dev.holdfast.api.dataplane.StatusJson;
import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.dataplane.admin.access.Scope;
import dev.holdfast.dataplane.admin.http.Refusal;
import dev.holdfast.dataplane.admin.http.Request;
import dev.holdfast.dataplane.admin.http.Response;
import dev.holdfast.dataplane.admin.http.Route;
import dev.holdfast.dataplane.sticky.GroupState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Gives a group of a StickyBalancer another state, or takes a server's word that it is unwell. */
final class GroupRoutes {
  private static final String GROUP = "/api/v1/stickybalancers/{namespace}/{name}/groups/{id}";
  private static final int MAX_BODY = 4_096;
  private static final int MAX_REASON = 500;
  private static final Duration DEFAULT = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofHours(24);

  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  /** A body or a path that cannot be used, and what would be. */
  private static final class Unfit extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    Unfit(String message) {
      super(message);
    }
  }

  private final StickControl.Directory balancers;

  GroupRoutes(StickControl.Directory balancers) {
    this.balancers = balancers;
  }

  List<Route> routes() {
    return List.of(
        new Route(
            "PUT",
            GROUP + "/state",
            Scope.ADMIN,
            MAX_BODY,
            request -> asked(request, this::change)),
        new Route(
            "POST",
            GROUP + "/unhealthy",
            Scope.REPORT_UNHEALTHY,
            MAX_BODY,
            request -> asked(request, this::report)));
  }

  private interface Action {
    CompletionStage<Optional<StickyBalancerReport.Group>> run(
        StickControl balancer, int group, JsonNode body);
  }

  private CompletionStage<Response> asked(Request request, Action action) {
    var type = request.contentType();
    if (type != null && !type.equals("application/json")) {
      return answer(new Refusal(415, "UnsupportedMediaType", "send it as application/json"));
    }
    var namespace = request.variable("namespace");
    var name = request.variable("name");
    var balancer = balancers.find(namespace, name);
    if (balancer.isEmpty()) {
      return answer(
          Refusal.notFound("no StickyBalancer %s/%s runs here".formatted(namespace, name)));
    }
    try {
      var id = id(request.variable("id"));
      return action
          .run(balancer.get(), id, body(request))
          .thenApply(group -> group.map(GroupRoutes::json).orElseGet(() -> noGroup(id)));
    } catch (Unfit e) {
      return answer(Refusal.badRequest(String.valueOf(e.getMessage())));
    }
  }

  private static Response noGroup(int id) {
    return Refusal.notFound("no group has the id " + id).toResponse();
  }

  private static int id(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new Unfit("expected a group's id, which is a number, found " + text);
    }
  }

  private static JsonNode body(Request request) {
    try {
      JsonNode body = JSON.readValue(UTF_8.decode(request.body().duplicate()).toString());
      if (body != null && body.isObject()) {
        return body;
      }
    } catch (JsonProcessingException e) {
      // what is expected is said in any case
    }
    throw new Unfit("expected a JSON object as body");
  }

  private CompletionStage<Optional<StickyBalancerReport.Group>> change(
      StickControl balancer, int group, JsonNode body) {
    onlyWith(body, "state");
    if (!body.has("state")) {
      throw new Unfit("expected {\"state\": \"Draining\"}, or null to go by the configuration");
    }
    return balancer.change(group, body.get("state").isNull() ? null : state(body, null));
  }

  private CompletionStage<Optional<StickyBalancerReport.Group>> report(
      StickControl balancer, int group, JsonNode body) {
    onlyWith(body, "state", "for", "reason");
    var state = state(body, GroupState.Draining);
    if (state == GroupState.Active) {
      throw new Unfit(
          "state: expected Draining or Disabled; to be well again, report \"for\": \"0s\"");
    }
    var reason = body.path("reason").asText("a server reported it");
    return balancer.report(
        group, state, holds(body), reason.substring(0, Math.min(MAX_REASON, reason.length())));
  }

  private static void onlyWith(JsonNode body, String... fields) {
    body.fieldNames()
        .forEachRemaining(field -> {
          if (!List.of(fields).contains(field)) {
            throw new Unfit("expected some of %s, found %s".formatted(List.of(fields), field));
          }
        });
  }

  private static GroupState state(JsonNode body, @Nullable GroupState otherwise) {
    var text = body.path("state").asText();
    if (!body.has("state") && otherwise != null) {
      return otherwise;
    }
    for (var state : GroupState.values()) {
      if (state.name().equals(text)) {
        return state;
      }
    }
    throw new Unfit("state: expected Active, Draining or Disabled, found " + body.get("state"));
  }

  private static Duration holds(JsonNode body) {
    if (!body.has("for")) {
      return DEFAULT;
    }
    try {
      var holds = GatewayDuration.parse(body.get("for").asText());
      if (holds.compareTo(LONGEST) <= 0) {
        return holds;
      }
    } catch (IllegalArgumentException e) {
      // what is expected is said in any case
    }
    throw new Unfit("for: expected a duration such as 30s, at most 24h, found " + body.get("for"));
  }

  private static Response json(StickyBalancerReport.Group group) {
    try {
      return Response.json(200, StatusJson.mapper().writeValueAsString(group));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a group could not be written as JSON", e);
    }
  }

  private static CompletionStage<Response> answer(Refusal refusal) {
    return CompletableFuture.completedStage(refusal.toResponse());
  }
}
