package dev.holdfast.operator.dataplane;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One generation of a configuration on its way to one pod. */
final class Push {

  private static final Logger log = LoggerFactory.getLogger(Push.class);

  private static final String PATH = "/api/v1/config";
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final int ATTEMPTS = 6;

  private final HttpClient client;
  private final PodAddress pod;
  private final long generation;
  private final String manifest;
  private final CountDownLatch stopped = new CountDownLatch(1);

  Push(HttpClient client, PodAddress pod, long generation, String manifest) {
    this.client = client;
    this.pod = pod;
    this.generation = generation;
    this.manifest = manifest;
  }

  long generation() {
    return generation;
  }

  /**
   * @param slots how many may be on their way at once
   */
  void start(Semaphore slots, Backoff backoff, Runnable ended) {
    Thread.ofVirtual()
        .name("push-" + pod.name())
        .start(() -> {
          try {
            slots.acquire();
            try {
              putUntilAnswered(backoff);
            } finally {
              slots.release();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            ended.run();
          }
        });
  }

  /** It is out of date. An attempt that is being made is not broken off. */
  void stop() {
    stopped.countDown();
  }

  private void putUntilAnswered(Backoff backoff) throws InterruptedException {
    var failure = "";
    for (var attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        var status = put();
        if (isAnswer(status)) {
          log.debug("pod {} answered {} to generation {}", pod.name(), status, generation);
          return;
        }
        failure = "status " + status;
      } catch (IOException e) {
        failure = e.toString();
      }
      if (stopped.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    }
    log.warn(
        "pod {} did not take generation {} in {} attempts, it will read the mounted file: {}",
        pod.name(),
        generation,
        ATTEMPTS,
        failure);
  }

  /** A refusal is an answer: the pod goes on with what it has, and its status says why. */
  private static boolean isAnswer(int status) {
    return status < 300 || status == 400 || status == 409 || status == 422;
  }

  private int put() throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(pod.admin(PATH))
            .timeout(DEADLINE)
            .header("Content-Type", "application/yaml")
            .PUT(BodyPublishers.ofString(manifest))
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }
}
