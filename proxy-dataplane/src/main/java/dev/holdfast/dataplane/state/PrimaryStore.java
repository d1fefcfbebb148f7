package dev.holdfast.dataplane.state;

import dev.holdfast.dataplane.config.ResourceKey;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Keeps the newest primary of each resource beyond the end of this process. */
public interface PrimaryStore extends AutoCloseable {

  /**
   * What was written last. Blocks.
   *
   * @param uid what was written for another one is not given
   */
  @Nullable SavedPrimary read(ResourceKey key, @Nullable String uid);

  /**
   * Writes it down. Completes when it would survive a crash, or when waiting for that any longer
   * would do more harm than not having it; never exceptionally.
   */
  CompletableFuture<Void> write(SavedPrimary primary);

  @Override
  void close();

  /** Keeps nothing. */
  static PrimaryStore none() {
    return new PrimaryStore() {
      @Override
      public @Nullable SavedPrimary read(ResourceKey key, @Nullable String uid) {
        return null;
      }

      @Override
      public CompletableFuture<Void> write(SavedPrimary primary) {
        return CompletableFuture.completedFuture(null);
      }

      @Override
      public void close() {}
    };
  }
}
