package dev.holdfast.dataplane.state;

import dev.holdfast.dataplane.config.ResourceKey;
import dev.holdfast.dataplane.sticky.MachineImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tables as files in a directory that no other process uses. Safe for use by many threads; writes
 * are done in order on a thread of their own, so that no primary waits for a large table.
 */
public final class TableDirectory implements TableStore {
  private static final Logger log = LoggerFactory.getLogger(TableDirectory.class);

  private final Path directory;
  private final WriteQueue writer;

  private TableDirectory(Path directory) {
    this.directory = directory;
    writer = new WriteQueue(directory, "holdfast-tables");
  }

  /** Makes the directory when there is none. */
  public static TableDirectory open(Path directory) throws IOException {
    Files.createDirectories(directory);
    return new TableDirectory(directory);
  }

  /** No name of Kubernetes holds an underscore, so that names of two resources never meet. */
  private Path file(ResourceKey key) {
    return directory.resolve("%s_%s_%s.table".formatted(key.kind(), key.namespace(), key.name()));
  }

  @Override
  public @Nullable MachineImage read(ResourceKey key, @Nullable String uid) {
    var file = file(key);
    try {
      var image = TableFile.read(file, key, uid);
      if (image == null) {
        log.info("{}: {} is of an earlier resource of that name, not used", key, file);
      }
      return image;
    } catch (NoSuchFileException e) {
      log.debug("{}: no table was written down so far", key);
    } catch (IOException e) {
      log.error("{}: the table cannot be read ({}); keys are given groups anew", key, e.toString());
    } catch (IllegalArgumentException e) {
      log.error(
          "{}: the table in {} is not what was written ({}); {}. Keys are given groups anew",
          key,
          file,
          e.getMessage(),
          DurableFile.setAside(file));
    }
    return null;
  }

  @Override
  public CompletableFuture<Void> write(ResourceKey key, @Nullable String uid, MachineImage image) {
    try {
      return CompletableFuture.runAsync(
          () -> {
            try {
              TableFile.write(file(key), key, uid, image);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          },
          writer);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void close() {
    writer.close();
  }
}
