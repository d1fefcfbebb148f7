package dev.holdfast.dataplane.agreement.raft;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes snapshots on a thread of its own, one at a time, so that the log goes on meanwhile. Used
 * by the library's one thread that applies, but for what says otherwise.
 */
final class SnapshotWriter {
  /** No entry has this index. */
  static final long NONE = -1;

  interface Write {
    void run() throws IOException;
  }

  private record UnderWay(long index, CompletableFuture<Void> done) {}

  private final Consumer<IOException> failed;
  private volatile @Nullable UnderWay underWay;

  /**
   * @param failed told why one could not be written; on the writer's thread
   */
  SnapshotWriter(Consumer<IOException> failed) {
    this.failed = failed;
  }

  /** Whether another one may begin: the one before is written and was asked for. */
  boolean isIdle() {
    return underWay == null;
  }

  void begin(long index, Write write) {
    var done = new CompletableFuture<Void>();
    underWay = new UnderWay(index, done);
    Thread.ofPlatform().name("holdfast-log-snapshot").daemon().start(() -> run(write, done));
  }

  private void run(Write write, CompletableFuture<Void> done) {
    try {
      write.run();
      done.complete(null);
    } catch (IOException e) {
      failed.accept(e);
      done.completeExceptionally(e);
    } catch (RuntimeException | Error e) {
      failed.accept(new IOException("a snapshot cannot be made", e));
      done.completeExceptionally(e);
    }
  }

  /** Whether files are being changed; any thread. */
  boolean isWriting() {
    var current = underWay;
    return current != null && !current.done.isDone();
  }

  /** The one that was written since this was asked last; {@link #NONE} while there is none. */
  long written() {
    var current = underWay;
    if (current == null || !current.done.isDone()) {
      return NONE;
    }
    underWay = null;
    return current.done.isCompletedExceptionally() ? NONE : current.index;
  }

  /**
   * Lets what is being written end; any thread.
   *
   * @throws IOException when it does not, so that its files are not free
   */
  void awaitEnd(Duration patience) throws IOException {
    var current = underWay;
    try {
      if (current != null) {
        current.done.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (ExecutionException _) {
      // It was told when it failed.
    } catch (TimeoutException e) {
      throw new IOException("a snapshot is still being written after " + patience, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("ended while a snapshot was written", e);
    }
  }
}
