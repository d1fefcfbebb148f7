package dev.holdfast.dataplane.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.ResourceStatus;
import dev.holdfast.api.dataplane.ResourceStatusList;
import dev.holdfast.api.dataplane.StatusJson;
import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.dataplane.admin.access.Scope;
import dev.holdfast.dataplane.admin.http.EventStream;
import dev.holdfast.dataplane.admin.http.Refusal;
import dev.holdfast.dataplane.admin.http.Request;
import dev.holdfast.dataplane.admin.http.Response;
import dev.holdfast.dataplane.admin.http.Route;
import dev.holdfast.dataplane.status.StatusBoard;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What is known of the running resources, at once or as it changes. */
final class StatusRoutes {
  private static final String PROXY = "FailoverProxy";
  private static final String BALANCER = "StickyBalancer";
  private static final String GROUP = "FloatingIpGroup";

  private record Key(String kind, String namespace, String name) {}

  private final StatusBoard<? extends ResourceStatus> board;

  StatusRoutes(StatusBoard<? extends ResourceStatus> board) {
    this.board = board;
  }

  List<Route> routes() {
    return List.of(
        route("/api/v1/status", request -> json(new ResourceStatusList(List.copyOf(board.all())))),
        route("/api/v1/status/stream", request -> new Response.Events(this::follow)),
        route(
            "/api/v1/failoverproxies/{namespace}/{name}",
            request -> one(request, PROXY, status -> status)),
        route(
            "/api/v1/failoverproxies/{namespace}/{name}/backends",
            request -> one(request, PROXY, StatusRoutes::backends)),
        route(
            "/api/v1/stickybalancers/{namespace}/{name}",
            request -> one(request, BALANCER, status -> status)),
        route(
            "/api/v1/stickybalancers/{namespace}/{name}/groups",
            request -> one(request, BALANCER, StatusRoutes::groups)),
        route(
            "/api/v1/floatingipgroups/{namespace}/{name}",
            request -> one(request, GROUP, status -> status)));
  }

  private static Object backends(ResourceStatus status) {
    return status instanceof DataPlaneStatus proxy
        ? Map.of("backends", proxy.backends())
        : Map.of();
  }

  private static Object groups(ResourceStatus status) {
    return status instanceof StickyBalancerReport balancer
        ? Map.of("groups", balancer.groups())
        : Map.of();
  }

  private AutoCloseable follow(EventStream stream) {
    return board.subscribe(status ->
        stream.offer(
            new Key(status.kind(), status.namespace(), status.name()),
            "status",
            () -> text(status)));
  }

  private Response one(Request request, String kind, Function<ResourceStatus, Object> part) {
    var namespace = request.variable("namespace");
    var name = request.variable("name");
    return board.all().stream()
        .filter(status -> status.kind().equals(kind))
        .filter(status -> status.namespace().equals(namespace) && status.name().equals(name))
        .findFirst()
        .map(status -> json(part.apply(status)))
        .orElseGet(() ->
            Refusal.notFound("no %s %s/%s runs here".formatted(kind, namespace, name))
                .toResponse());
  }

  private static Route route(String path, Function<Request, Response> answer) {
    return new Route(
        "GET",
        path,
        Scope.READ,
        0,
        request -> CompletableFuture.completedStage(answer.apply(request)));
  }

  private static Response json(Object value) {
    return Response.json(200, text(value));
  }

  private static String text(Object value) {
    try {
      return StatusJson.mapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a status could not be written as JSON", e);
    }
  }
}
