package dev.holdfast.dataplane.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.holdfast.dataplane.admin.access.Scope;
import dev.holdfast.dataplane.admin.http.Refusal;
import dev.holdfast.dataplane.admin.http.Request;
import dev.holdfast.dataplane.admin.http.Response;
import dev.holdfast.dataplane.admin.http.Route;
import dev.holdfast.dataplane.failover.FailoverEvent.SwitchRequested;
import dev.holdfast.dataplane.failover.SwitchAnswer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks for another primary and says what became of it. */
final class PrimaryRoute {
  private static final int MAX_BODY = 4096;

  /** Below the interface's answer time. A target that has not answered by then is still asked. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final ObjectReader WISH =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(Wish.class);

  private record Wish(@Nullable String name, boolean force) {}

  private final PrimarySwitch primaries;
  private final Duration patience;

  PrimaryRoute(PrimarySwitch primaries, Duration patience) {
    this.primaries = primaries;
    this.patience = patience;
  }

  Route route() {
    return new Route(
        "POST",
        "/api/v1/failoverproxies/{namespace}/{name}/primary",
        Scope.ADMIN,
        MAX_BODY,
        this::post);
  }

  private CompletionStage<Response> post(Request request) {
    var type = request.contentType();
    if (type != null && !type.equals("application/json")) {
      return answer(new Refusal(415, "UnsupportedMediaType", "send the wish as application/json"));
    }
    var wish = wish(request);
    var to = wish == null ? null : wish.name();
    if (wish == null || to == null || to.isBlank()) {
      return answer(
          Refusal.badRequest(
              "expected a body such as {\"name\": \"pg-1\", \"force\": false}, whose name is that"
                  + " of a backend"));
    }
    var namespace = request.variable("namespace");
    var name = request.variable("name");
    return primaries
        .ask(namespace, name, new SwitchRequested(to, wish.force()))
        .map(asked -> decided(asked).thenApply(found -> response(to, found)))
        .orElseGet(() ->
            answer(
                Refusal.notFound("no FailoverProxy %s/%s runs here".formatted(namespace, name))));
  }

  private static @Nullable Wish wish(Request request) {
    try {
      return WISH.readValue(UTF_8.decode(request.body().duplicate()).toString());
    } catch (JsonProcessingException e) {
      return null; // what is expected is said in any case
    }
  }

  private CompletionStage<SwitchAnswer> decided(CompletionStage<SwitchAnswer> asked) {
    return asked
        .toCompletableFuture()
        .copy()
        .completeOnTimeout(new SwitchAnswer.Asked(), patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Response response(String to, SwitchAnswer answer) {
    return switch (answer) {
      case SwitchAnswer.Admitted(var epoch) ->
          outcome(200, to, "Admitted", epoch, to + " is the primary");
      case SwitchAnswer.HooksRunning(var epoch) ->
          outcome(202, to, "HooksRunning", epoch, to + " is chosen, its hooks are running");
      case SwitchAnswer.Asked() ->
          outcome(
              202, to, "Asked", null, to + " has not answered yet, the primary stays until then");
      case SwitchAnswer.Refused(var refusal, var why) -> {
        var status = refusal == SwitchAnswer.Refusal.UnknownBackend ? 404 : 409;
        yield new Refusal(status, refusal.name(), "not switched to " + to + ": " + why)
            .toResponse();
      }
    };
  }

  private static Response outcome(
      int status, String to, String outcome, @Nullable Long epoch, String message) {
    var body = JsonNodeFactory.instance.objectNode();
    body.put("backend", to).put("outcome", outcome);
    if (epoch != null) {
      body.put("epoch", epoch);
    }
    return Response.json(status, body.put("message", message).toString());
  }

  private static CompletionStage<Response> answer(Refusal refusal) {
    return CompletableFuture.completedStage(refusal.toResponse());
  }
}
