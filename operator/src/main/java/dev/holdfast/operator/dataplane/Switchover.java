package dev.holdfast.operator.dataplane;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One wish for another primary, on its way to every pod: without agreement each chooses by itself.
 */
final class Switchover {

  /** Above the time that a pod takes to find out whether the backend answers. */
  private static final Duration ANSWER = Duration.ofSeconds(25);

  private final SwitchRequest request;
  private final HttpClient client;
  private final String path;
  private final Supplier<List<PodAddress>> pods;
  private final InstantSource clock;
  private final Switchovers.Timing timing;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private volatile @Nullable SwitchOutcome outcome;

  Switchover(
      ResourceID resource,
      SwitchRequest request,
      HttpClient client,
      Supplier<List<PodAddress>> pods,
      InstantSource clock,
      Switchovers.Timing timing) {
    this.request = request;
    this.client = client;
    this.path =
        "/api/v1/failoverproxies/%s/%s/primary"
            .formatted(resource.getNamespace().orElseThrow(), resource.getName());
    this.pods = pods;
    this.clock = clock;
    this.timing = timing;
  }

  SwitchRequest request() {
    return request;
  }

  /** Empty as long as it is open. */
  Optional<SwitchOutcome> outcome() {
    return Optional.ofNullable(outcome);
  }

  void start(Runnable decided) {
    Thread.ofVirtual()
        .name("switch-to-" + request.to())
        .start(() -> {
          try {
            askUntilDecided()
                .ifPresent(found -> {
                  outcome = found;
                  decided.run();
                });
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** Nothing is decided after this; pods that were asked already do as they were asked. */
  void stop() {
    stopped.countDown();
  }

  private Optional<SwitchOutcome> askUntilDecided() throws InterruptedException {
    var until = clock.instant().plus(timing.deadline());
    while (true) {
      var answers = askAll();
      var open =
          answers.isEmpty()
              || answers.values().stream().anyMatch(SwitchAnswer.Pending.class::isInstance);
      var now = clock.instant();
      if (!open || now.isAfter(until)) {
        return Optional.of(SwitchOutcome.of(request, now, answers));
      }
      if (stopped.await(timing.retry().toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
    }
  }

  /** All at once, so that they differ for as short as possible. */
  private Map<String, SwitchAnswer> askAll() {
    var asked = new HashMap<String, CompletableFuture<SwitchAnswer>>();
    for (var pod : pods.get()) {
      asked.put(
          pod.name(),
          client
              .sendAsync(post(pod), BodyHandlers.ofString())
              .thenApply(response -> SwitchAnswer.of(response.statusCode(), response.body()))
              .exceptionally(
                  failure -> new SwitchAnswer.Pending(String.valueOf(failure.getMessage()))));
    }
    var answers = new HashMap<String, SwitchAnswer>();
    asked.forEach((pod, answer) -> answers.put(pod, answer.join()));
    return answers;
  }

  private HttpRequest post(PodAddress pod) {
    var body =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", request.to())
            .put("force", request.force());
    return HttpRequest.newBuilder(pod.admin(path))
        .timeout(ANSWER)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body.toString()))
        .build();
  }
}
