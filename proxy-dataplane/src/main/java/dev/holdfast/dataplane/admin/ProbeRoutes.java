package dev.holdfast.dataplane.admin;

import dev.holdfast.dataplane.admin.access.Scope;
import dev.holdfast.dataplane.admin.http.Refusal;
import dev.holdfast.dataplane.admin.http.Response;
import dev.holdfast.dataplane.admin.http.Route;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Whether the process lives, and whether it should get clients. */
final class ProbeRoutes {
  private ProbeRoutes() {}

  static List<Route> withBodies(BooleanSupplier ready) {
    return routes(
        Response.text(200, "application/json", "{\"status\":\"ok\"}"),
        Response.text(200, "application/json", "{\"status\":\"ready\"}"),
        new Refusal(
                503,
                "NotReady",
                "a resource has no configuration that runs yet, or connections are being drained")
            .toResponse(),
        ready);
  }

  static List<Route> statusOnly(BooleanSupplier ready) {
    return routes(Response.empty(200), Response.empty(200), Response.empty(503), ready);
  }

  private static List<Route> routes(
      Response alive, Response isReady, Response notReady, BooleanSupplier ready) {
    return List.of(
        route("/healthz", request -> CompletableFuture.completedStage(alive)),
        route(
            "/readyz",
            request ->
                CompletableFuture.completedStage(ready.getAsBoolean() ? isReady : notReady)));
  }

  private static Route route(String path, Route.Handler handler) {
    return new Route("GET", path, Scope.READ, 0, handler);
  }
}
