package dev.holdfast.dataplane.hooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.health.reference.MissingReference;
import dev.holdfast.health.reference.References;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Sends a request. Blocks its thread. Redirects are not followed. */
final class HttpHook {
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

  private final References references;

  HttpHook(References references) {
    this.references = references;
  }

  /**
   * @throws InterruptedException when cancelled; the connection is closed then
   */
  ActionResult run(HookAction.Http http, Change change, Deadline deadline)
      throws InterruptedException {
    HttpRequest request;
    try {
      request = request(http, change);
    } catch (MissingReference e) {
      return ActionResult.failure(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      return ActionResult.failure("the request cannot be made: its URL or a header is malformed");
    }
    // One for each request: no thread and no connection is kept for the next failover.
    var client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    try {
      return send(client, request, http, deadline);
    } finally {
      client.shutdownNow();
    }
  }

  private HttpRequest request(HookAction.Http http, Change change) throws MissingReference {
    var request = HttpRequest.newBuilder(URI.create(http.url().line(references)));
    for (var header : http.headers().entrySet()) {
      request.setHeader(header.getKey(), header.getValue().line(references));
    }
    var body = http.body().bytes(references);
    if (body.length == 0 && WITH_BODY.contains(http.method())) {
      request.setHeader("Content-Type", "application/json");
      body = change.json().getBytes(UTF_8);
    }
    return request
        .method(
            http.method(),
            body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
        .build();
  }

  private static ActionResult send(
      HttpClient client, HttpRequest request, HookAction.Http http, Deadline deadline)
      throws InterruptedException {
    var tail = new BodyTail();
    var handler = BodyHandlers.ofByteArrayConsumer(part -> part.ifPresent(tail::add));
    var sent = client.sendAsync(request, handler);
    try {
      var response = sent.get(Math.max(1, deadline.left().toNanos()), TimeUnit.NANOSECONDS);
      var status = response.statusCode();
      return http.expected().stream().anyMatch(range -> range.holds(status))
          ? ActionResult.success(status, tail.text())
          : ActionResult.failure(status, tail.text(), "answered with status " + status);
    } catch (TimeoutException e) {
      var within = Duration.between(deadline.start(), deadline.end()).toMillis();
      return ActionResult.timeout(tail.text(), "no whole answer within " + within + "ms");
    } catch (ExecutionException e) {
      return ActionResult.failure("no answer: " + reason(e.getCause()));
    } finally {
      sent.cancel(true); // when the time is up or this thread is interrupted
    }
  }

  /** Messages may quote the URL, which may be secret: only what kind of failure it was is told. */
  private static String reason(@Nullable Throwable failure) {
    return switch (failure) {
      case ConnectException _ -> "the connect failed";
      case SSLException untrusted -> "TLS failed, " + untrusted.getMessage();
      case null -> "unknown";
      default -> failure.getClass().getSimpleName();
    };
  }
}
