package dev.holdfast.manifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads manifests as {@code kubectl apply} and the API server would, and says all that is wrong at
 * once. Safe for use by several threads.
 */
public final class ManifestReader {
  /** Size of a file that is refused unread, in bytes: what the API server takes, and some. */
  public static final int MAX_FILE_SIZE = 3 * 1024 * 1024;

  private final KnownKinds kinds = new KnownKinds();
  private final RuleChecker rules;

  private ManifestReader(RuleChecker rules) {
    this.rules = rules;
  }

  /** Checks schema and rules, for files that people write. */
  public static ManifestReader checkingRules() {
    return new ManifestReader(new CelRules());
  }

  /** Checks the schema only, for files that the API server has accepted. Loads no CEL. */
  public static ManifestReader trustingRules() {
    return new ManifestReader(new TrustedRules());
  }

  /** Reads all files as one set: no two of them may hold the same resource. */
  public Manifests read(List<Path> files) {
    var collection = new ManifestCollection(kinds, rules);
    for (var file : files) {
      var name = file.toString();
      try {
        collection.add(name, text(file));
      } catch (CharacterCodingException e) {
        collection.unreadable(name, "expected UTF-8 text, found other bytes");
      } catch (IOException e) {
        collection.unreadable(name, "cannot be read: " + e);
      }
    }
    return collection.result();
  }

  /**
   * @param file what problems call the text
   */
  public Manifests read(String file, String text) {
    var collection = new ManifestCollection(kinds, rules);
    collection.add(file, text);
    return collection.result();
  }

  private static String text(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var bytes = in.readNBytes(MAX_FILE_SIZE + 1);
      if (bytes.length > MAX_FILE_SIZE) {
        throw new IOException("expected at most %d bytes, found more".formatted(MAX_FILE_SIZE));
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
  }
}
