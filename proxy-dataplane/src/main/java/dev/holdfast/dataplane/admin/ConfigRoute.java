package dev.holdfast.dataplane.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.dataplane.admin.ConfigSink.Running;
import dev.holdfast.dataplane.admin.ConfigSink.Verdict;
import dev.holdfast.dataplane.admin.access.Scope;
import dev.holdfast.dataplane.admin.http.Refusal;
import dev.holdfast.dataplane.admin.http.Request;
import dev.holdfast.dataplane.admin.http.Response;
import dev.holdfast.dataplane.admin.http.Route;
import dev.holdfast.manifest.Problem;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Takes a manifest and says what became of it. */
final class ConfigRoute {
  private static final int MAX_BODY = 1 << 20;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Set<String> TYPES =
      Set.of("application/json", "application/yaml", "application/x-yaml", "text/yaml");

  private final ConfigSink sink;
  private final Executor worker;

  /**
   * @param worker may refuse when it has too much to do
   */
  ConfigRoute(ConfigSink sink, Executor worker) {
    this.sink = sink;
    this.worker = worker;
  }

  Route route() {
    return new Route("PUT", "/api/v1/config", Scope.ADMIN, MAX_BODY, this::put);
  }

  private CompletionStage<Response> put(Request request) {
    var type = request.contentType();
    if (type != null && !TYPES.contains(type)) {
      return answer(
          new Refusal(
              415,
              "UnsupportedMediaType",
              "send a manifest as application/yaml or application/json"));
    }
    String manifest;
    try {
      manifest = UTF_8.newDecoder().decode(request.body().duplicate()).toString();
    } catch (CharacterCodingException e) {
      return answer(Refusal.badRequest("the manifest is not UTF-8"));
    }
    if (manifest.isBlank()) {
      return answer(Refusal.badRequest("expected a manifest as body, found nothing"));
    }
    try {
      return CompletableFuture.supplyAsync(() -> response(sink.apply(manifest)), worker);
    } catch (RejectedExecutionException e) {
      return answer(
          new Refusal(
              503,
              "Busy",
              "earlier configurations are still being applied; try again later",
              Map.of("Retry-After", "1")));
    }
  }

  private static CompletionStage<Response> answer(Refusal refusal) {
    return CompletableFuture.completedStage(refusal.toResponse());
  }

  private static Response response(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Applied(var resources) -> applied(resources);
      case Verdict.Refused(var problems) ->
          new Refusal(422, "Invalid", "the manifest was refused; what ran before goes on")
              .toResponse(details(problems));
      case Verdict.Outdated(var running) ->
          new Refusal(
                  409,
                  "OlderGeneration",
                  "%s %s/%s runs generation %d already, which is newer"
                      .formatted(
                          running.kind(),
                          running.namespace(),
                          running.name(),
                          running.generation()))
              .toResponse();
    };
  }

  private static Response applied(List<Running> resources) {
    var list = JSON.arrayNode();
    for (var resource : resources) {
      list.addObject()
          .put("kind", resource.kind())
          .put("namespace", resource.namespace())
          .put("name", resource.name())
          .put("generation", resource.generation());
    }
    ObjectNode body = JSON.objectNode();
    return Response.json(200, body.set("resources", list).toString());
  }

  private static ObjectNode details(List<Problem> problems) {
    ArrayNode list = JSON.arrayNode();
    for (var problem : problems) {
      list.addObject()
          .put("file", problem.file())
          .put("line", problem.line())
          .put("field", problem.field())
          .put("resource", problem.resource())
          .put("message", problem.message());
    }
    return JSON.objectNode().set("problems", list);
  }
}
