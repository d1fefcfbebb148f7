package dev.holdfast.dataplane.state;

import dev.holdfast.dataplane.config.ResourceKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files in a directory that no other process uses. Safe for use by many threads; writes are done in
 * order on a thread of their own.
 *
 * <p>What cannot be read counts as never written: the resource chooses anew, and its hooks run
 * again, which they must bear anyway. What cannot be written is told and does not stop a failover:
 * serving without a note beats not serving.
 */
public final class StateDirectory implements PrimaryStore {
  private static final Logger log = LoggerFactory.getLogger(StateDirectory.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Path directory;
  private final AtomicInteger late = new AtomicInteger();
  private final WriteQueue writer;

  private StateDirectory(Path directory) {
    this.directory = directory;
    writer = new WriteQueue(directory, "holdfast-state");
  }

  /**
   * Makes the directory when there is none.
   *
   * @throws IOException when files cannot be written there
   */
  public static StateDirectory open(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.delete(Files.createTempFile(directory, "try", ".new"));
    return new StateDirectory(directory);
  }

  @Override
  public @Nullable SavedPrimary read(ResourceKey key, @Nullable String uid) {
    var file = StateFile.of(directory, key);
    try {
      var saved = file.read(key);
      if (uid == null ? saved.uid() == null : uid.equals(saved.uid())) {
        return saved;
      }
      log.info("{}: {} is of an earlier resource of that name, not used", key, file.path());
    } catch (NoSuchFileException e) {
      log.debug("{}: nothing was written down so far", key);
    } catch (IOException e) {
      log.error(
          "{}: the state file cannot be read ({}); as if it were not there, a primary is chosen"
              + " anew and hooks run again",
          key,
          e.toString());
    } catch (IllegalArgumentException e) {
      log.error(
          "{}: the state file {} is not what was written ({}); {}. As if it were not there, a"
              + " primary is chosen anew and hooks run again",
          key,
          file.path(),
          e.getMessage(),
          DurableFile.setAside(file.path()));
    }
    return null;
  }

  @Override
  public CompletableFuture<Void> write(SavedPrimary primary) {
    var done = new CompletableFuture<Void>();
    try {
      writer.execute(() -> {
        write(StateFile.of(directory, primary.key()), primary);
        if (!done.complete(null)) {
          late.decrementAndGet();
        }
      });
    } catch (RejectedExecutionException e) {
      log.error("{}: epoch {} is not written down: {}", primary.key(), primary.epoch(), e);
      done.complete(null);
    }
    return late.get() > 0 ? CompletableFuture.completedFuture(null) : bounded(done, primary);
  }

  private static void write(StateFile file, SavedPrimary primary) {
    try {
      file.write(primary);
    } catch (IOException e) {
      log.error(
          "{}: epoch {} could not be written to {} ({}); if this process ends now, its hooks run"
              + " again",
          primary.key(),
          primary.epoch(),
          file.path(),
          e.toString());
    }
  }

  /** A disk that hangs is waited for once; what comes after it goes on at once. */
  private CompletableFuture<Void> bounded(CompletableFuture<Void> done, SavedPrimary primary) {
    CompletableFuture.delayedExecutor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> {
          if (done.complete(null)) {
            late.incrementAndGet();
            log.error(
                "{}: epoch {} was not written within {}ms; going on without it",
                primary.key(),
                primary.epoch(),
                PATIENCE.toMillis());
          }
        });
    return done;
  }

  @Override
  public void close() {
    writer.close();
  }
}
