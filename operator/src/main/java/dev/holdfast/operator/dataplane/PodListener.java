package dev.holdfast.operator.dataplane;

import dev.holdfast.api.dataplane.DataPlaneReport;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Listens to one pod on a virtual thread, connecting again whenever its stream ends. */
final class PodListener<W extends DataPlaneReport> {

  /** What becomes of a stream. Called on the listener's thread. */
  interface Hearer<W> {
    void heard(W status);

    void lost(String why);
  }

  private final HttpClient client;
  private final StatusStream<W> stream;
  private final Backoff backoff;
  private final Hearer<W> hearer;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;

  PodListener(
      HttpClient client,
      PodAddress pod,
      Class<W> words,
      Duration silence,
      Backoff backoff,
      Hearer<W> hearer) {
    this.client = client;
    this.stream = new StatusStream<>(client, pod, words, silence);
    this.backoff = backoff;
    this.hearer = hearer;
    this.thread = Thread.ofVirtual().name("status-" + pod.name()).unstarted(this::listen);
  }

  void start() {
    thread.start();
  }

  /** Nothing is heard after this. */
  void stop() {
    stopped.countDown();
    thread.interrupt();
  }

  boolean isStopped() {
    return stopped.getCount() == 0;
  }

  boolean uses(HttpClient other) {
    return client.equals(other);
  }

  private void listen() {
    try {
      do {
        listenOnce();
      } while (!stopped.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listenOnce() throws InterruptedException {
    try {
      stream.listen(status -> {
        backoff.reset();
        hearer.heard(status);
      });
    } catch (IOException e) {
      hearer.lost(rootCause(e));
    }
  }

  private static String rootCause(IOException failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
