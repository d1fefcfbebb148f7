package dev.holdfast.floatingip.hetzner;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.holdfast.floatingip.hetzner.model.ApiFailure;
import dev.holdfast.floatingip.hetzner.model.RateLimit;
import dev.holdfast.floatingip.hetzner.model.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes single calls, and repeats reads as {@link RetryPolicy} says. */
final class ApiCaller {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final ApiSettings settings;
  private final HttpTransport transport;
  private final Pacer pacer;
  private final RandomGenerator random;
  private final AtomicReference<@Nullable RateLimit> rateLimit = new AtomicReference<>();

  ApiCaller(ApiSettings settings, HttpTransport transport, Pacer pacer, RandomGenerator random) {
    this.settings = settings;
    this.transport = transport;
    this.pacer = pacer;
    this.random = random;
    JSON.getFactory()
        .setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(50).build());
  }

  /** As the last answer told it. */
  Optional<RateLimit> rateLimit() {
    return Optional.ofNullable(rateLimit.get());
  }

  Instant now() {
    return pacer.now();
  }

  /**
   * @param path with its query, encoded
   * @param until the whole time for it, repetitions and pauses included
   */
  JsonNode read(String path, Instant until) throws ApiException, InterruptedException {
    for (int retries = 0; ; retries++) {
      try {
        return call("GET", path, null, until);
      } catch (ApiException e) {
        var pause = RetryPolicy.pause(e.failure(), retries, random.nextDouble());
        if (pause.isEmpty() || pacer.now().plus(pause.get()).isAfter(until)) {
          throw e;
        }
        pacer.pause(pause.get());
      }
    }
  }

  /** Made once: after a failure look whether it happened. */
  JsonNode write(String path, String body) throws ApiException, InterruptedException {
    return call("POST", path, body, pacer.now().plus(settings.callTimeout()));
  }

  private JsonNode call(String method, String path, @Nullable String body, Instant until)
      throws ApiException, InterruptedException {
    var left = Duration.between(pacer.now(), until);
    if (!left.isPositive()) {
      throw new ApiException(
          new ApiFailure.Unreachable("no time was left for " + method + " " + path));
    }
    var timeout = left.compareTo(settings.callTimeout()) < 0 ? left : settings.callTimeout();
    var uri = URI.create(settings.endpoint() + path);
    var answer = send(new HttpCall(method, uri, settings.token(), body, timeout));
    observe(answer);
    var json = parse(answer);
    if (answer.status() >= 200 && answer.status() < 300) {
      return json.orElseThrow(
          () -> malformed(method + " " + path + " was answered with something that is not JSON"));
    }
    throw new ApiException(
        ErrorReader.read(
            answer.status(),
            json.orElse(null),
            answer.header("x-correlation-id").orElse(""),
            rateLimit().map(RateLimit::resetAt).orElse(null)));
  }

  private HttpAnswer send(HttpCall call) throws ApiException, InterruptedException {
    var what = call.method() + " " + call.uri().getPath();
    try {
      return transport.send(call);
    } catch (HttpTransport.NotSent e) {
      throw new ApiException(new ApiFailure.Unreachable(what + ": " + e.getMessage()));
    } catch (IOException e) {
      var reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new ApiException(new ApiFailure.NoAnswer(what + ": " + reason));
    }
  }

  static ApiException malformed(String message) {
    return new ApiException(new ApiFailure.Malformed(message));
  }

  private static Optional<JsonNode> parse(HttpAnswer answer) {
    try {
      return Optional.ofNullable(JSON.readTree(answer.body())).filter(JsonNode::isObject);
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** Answers without these headers, or with unreadable ones, leave what was known. */
  private void observe(HttpAnswer answer) {
    try {
      var limit = Integer.parseInt(answer.header("ratelimit-limit").orElse(""));
      var remaining = Integer.parseInt(answer.header("ratelimit-remaining").orElse(""));
      var reset = Long.parseLong(answer.header("ratelimit-reset").orElse(""));
      if (limit > 0 && remaining >= 0) {
        rateLimit.set(
            new RateLimit(
                limit, Math.min(remaining, limit), Instant.ofEpochSecond(reset), pacer.now()));
      }
    } catch (NumberFormatException | DateTimeException _) {
      return; // a gateway's answer has none
    }
  }
}
