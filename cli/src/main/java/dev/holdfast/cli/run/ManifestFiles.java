package dev.holdfast.cli.run;

import dev.holdfast.health.process.Shortage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The manifests as the user named them: files, and directories that stand for the {@code .yaml},
 * {@code .yml} and {@code .json} files in them (not below them, no hidden ones).
 */
public record ManifestFiles(List<Path> named) implements FileWatch.Content {
  /** The files to read now, in order; a named file is there even if it does not exist. */
  public List<Path> files() throws IOException {
    var files = Stream.<Path>builder();
    for (var path : named) {
      if (Files.isDirectory(path)) {
        manifestsIn(path).forEach(files);
      } else {
        files.add(path);
      }
    }
    return files.build().distinct().toList();
  }

  @Override
  public Set<Path> directories() {
    return named.stream()
        .map(path -> Files.isDirectory(path) ? path : path.toAbsolutePath().getParent())
        .collect(Collectors.toSet());
  }

  /** Differs whenever a file's content, its absence or the set of files differs. */
  @Override
  public String fingerprint() throws IOException {
    var digest = sha256();
    try {
      for (var file : files()) {
        digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(contentHash(file));
      }
    } catch (IOException e) {
      unlessShort(e);
      digest.update(e.toString().getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A file that cannot be opened for want of descriptors may be as it was. */
  private static void unlessShort(IOException e) throws IOException {
    if (Shortage.causes(e)) {
      throw e;
    }
  }

  private static byte[] contentHash(Path file) throws IOException {
    var digest = sha256();
    var buffer = new byte[8192];
    try (InputStream content = Files.newInputStream(file)) {
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    } catch (IOException e) {
      unlessShort(e);
      return e.getClass().getName().getBytes(StandardCharsets.UTF_8);
    }
    return digest.digest();
  }

  private static List<Path> manifestsIn(Path directory) throws IOException {
    try (var entries = Files.list(directory)) {
      return entries
          .filter(entry -> isManifest(entry.getFileName().toString()))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }

  private static boolean isManifest(String name) {
    return !name.startsWith(".") && name.matches(".*\\.(yaml|yml|json)");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
