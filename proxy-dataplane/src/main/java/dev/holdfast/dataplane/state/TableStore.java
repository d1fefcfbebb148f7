package dev.holdfast.dataplane.state;

import dev.holdfast.dataplane.config.ResourceKey;
import dev.holdfast.dataplane.sticky.MachineImage;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Keeps the stick table of each resource beyond the end of this process. */
public interface TableStore extends AutoCloseable {

  /**
   * What was written last; null when that is nothing, or cannot be used, which is told. Blocks.
   *
   * @param uid what was written for another one is not given
   */
  @Nullable MachineImage read(ResourceKey key, @Nullable String uid);

  /** Completes when it would survive a crash; exceptionally when it would not. */
  CompletableFuture<Void> write(ResourceKey key, @Nullable String uid, MachineImage image);

  @Override
  void close();

  /** Keeps nothing. */
  static TableStore none() {
    return new TableStore() {
      @Override
      public @Nullable MachineImage read(ResourceKey key, @Nullable String uid) {
        return null;
      }

      @Override
      public CompletableFuture<Void> write(
          ResourceKey key, @Nullable String uid, MachineImage image) {
        return CompletableFuture.completedFuture(null);
      }

      @Override
      public void close() {}
    };
  }
}
