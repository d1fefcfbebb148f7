package dev.holdfast.health.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * References as files, {@code DIR/secrets/NAME/KEY} and {@code DIR/configmaps/NAME/KEY}: what
 * mounted Secrets and ConfigMaps look like.
 */
public record ReferenceFiles(Path directory) implements References {
  /** As much as the API server takes for a whole Secret. */
  private static final int MAX_BYTES = 1024 * 1024;

  @Override
  public byte[] read(Reference reference) throws MissingReference {
    var file =
        directory
            .resolve(reference.kind().directory())
            .resolve(reference.name())
            .resolve(reference.key());
    try (var in = Files.newInputStream(file)) {
      var value = in.readNBytes(MAX_BYTES + 1);
      if (value.length > MAX_BYTES) {
        throw new MissingReference(reference, file + " is larger than 1 MiB");
      }
      return value;
    } catch (NoSuchFileException e) {
      throw new MissingReference(
          reference, "expected a file at " + file + ", found none" + advice());
    } catch (IOException e) {
      throw new MissingReference(reference, file + " cannot be read: " + e, e);
    }
  }

  private String advice() {
    return Files.isDirectory(directory)
        ? ""
        : "; " + directory + " itself is not there: see --refs";
  }
}
