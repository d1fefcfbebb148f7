package dev.holdfast.dataplane.state;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to a directory, one write after the other, on a thread that is there while there is
 * something to write. What finds no room in the queue is rejected.
 */
final class WriteQueue implements Executor, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WriteQueue.class);
  private static final int WAITING = 1024;
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final Duration LAST_WRITES = Duration.ofSeconds(5);

  private final Path directory;
  private final ThreadPoolExecutor writer;

  /**
   * @param directory for people
   * @param thread its name
   */
  WriteQueue(Path directory, String thread) {
    this.directory = directory;
    writer =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            task -> Thread.ofPlatform().name(thread).daemon().unstarted(task));
    writer.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable write) {
    writer.execute(write);
  }

  /** Lets what waits be written, for a few seconds at most. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(LAST_WRITES.toMillis(), TimeUnit.MILLISECONDS)) {
        log.error("{}: what is being written does not end; it is left", directory);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
