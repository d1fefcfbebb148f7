package dev.holdfast.operator.events;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes Events off the threads on which things happen. What is too much is dropped. */
public final class EventQueue implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EventQueue.class);
  private static final int CAPACITY = 256;
  private static final long LAST_WORDS_SECONDS = 2;

  private final EventWriter writer;
  private final ThreadPoolExecutor executor =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(CAPACITY),
          Thread.ofVirtual().name("holdfast-events").factory(),
          (task, pool) -> log.warn("an Event was dropped: {} wait to be written", CAPACITY));

  public EventQueue(EventWriter writer) {
    this.writer = writer;
  }

  /** Never blocks. Any thread. */
  public void write(HasMetadata regarding, Notice notice) {
    executor.execute(() -> writer.write(regarding, notice));
  }

  /** Gives what waits a little time. */
  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
