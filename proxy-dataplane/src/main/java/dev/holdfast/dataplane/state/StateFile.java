package dev.holdfast.dataplane.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.holdfast.dataplane.config.ResourceKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One resource's file: whole and durable, or as it was before. */
record StateFile(Path path) {
  private static final int FORMAT = 1;
  private static final int MAX_BYTES = 64 * 1024;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private record Content(int format, SavedPrimary primary) {}

  /** No name of Kubernetes holds an underscore, so that names of two resources never meet. */
  static StateFile of(Path directory, ResourceKey key) {
    return new StateFile(
        directory.resolve("%s_%s_%s.json".formatted(key.kind(), key.namespace(), key.name())));
  }

  /**
   * @throws java.nio.file.NoSuchFileException when nothing was written yet
   * @throws IOException when it cannot be read
   * @throws IllegalArgumentException when it holds something else than what was written
   */
  SavedPrimary read(ResourceKey key) throws IOException {
    if (Files.size(path) > MAX_BYTES) {
      throw new IllegalArgumentException("expected at most " + MAX_BYTES + " bytes");
    }
    try {
      var content = JSON.readValue(Files.readAllBytes(path), Content.class);
      if (content == null || content.format() != FORMAT || !isWhole(content.primary(), key)) {
        throw new IllegalArgumentException("expected the primary of " + key + ", format " + FORMAT);
      }
      return content.primary();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("expected JSON: " + e.getOriginalMessage(), e);
    }
  }

  @SuppressWarnings("ConstantConditions") // Jackson fills records without regard to nullness
  private static boolean isWhole(SavedPrimary primary, ResourceKey key) {
    return primary != null
        && key.equals(primary.key())
        && primary.backend() != null
        && primary.epoch() > 0
        && (primary.hooksEnded() || primary.reason() != null);
  }

  void write(SavedPrimary primary) throws IOException {
    var text = JSON.writeValueAsString(new Content(FORMAT, primary)) + "\n";
    DurableFile.write(path, text.getBytes(UTF_8));
  }
}
