package dev.holdfast.dataplane.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.dataplane.admin.access.Scope;
import dev.holdfast.dataplane.admin.http.Response;
import dev.holdfast.dataplane.admin.http.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** The interface's own description. */
final class SpecRoute {
  private static final String RESOURCE = "openapi.yaml";

  private SpecRoute() {}

  static Route read() {
    try (var in = SpecRoute.class.getResourceAsStream(RESOURCE)) {
      var body = Objects.requireNonNull(in, RESOURCE).readAllBytes();
      var response = Response.text(200, "application/yaml", new String(body, UTF_8));
      return new Route(
          "GET",
          "/spec/v1/openapi.yaml",
          Scope.READ,
          0,
          request -> CompletableFuture.completedStage(response));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }
}
