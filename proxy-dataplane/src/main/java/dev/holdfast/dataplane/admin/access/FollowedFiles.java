package dev.holdfast.dataplane.admin.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value read from files, read again when their content has changed. What cannot be read or parsed
 * is logged once, and the last good value stays. Content is compared, not time: a mounted Secret is
 * swapped by a symbolic link, whose target may be older than what it replaces.
 *
 * @param <T> must be immutable: it is handed to other threads
 */
public final class FollowedFiles<T> {
  private static final Logger log = LoggerFactory.getLogger(FollowedFiles.class);
  private static final long MAX_BYTES = 1 << 20;

  /** Makes the value of the files' contents, given in the order of the paths. */
  public interface Parser<T> {
    /**
     * @throws IllegalArgumentException says what is wrong without quoting the content
     */
    T parse(List<byte[]> contents);
  }

  private final List<Path> paths;
  private final Parser<T> parser;
  private List<byte[]> seen;
  private String problem = "";
  private volatile T current;

  /**
   * Reads the files.
   *
   * @throws IllegalArgumentException when they cannot be read or parsed
   */
  public FollowedFiles(List<Path> paths, Parser<T> parser) {
    this.paths = List.copyOf(paths);
    this.parser = parser;
    try {
      this.seen = read();
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + e.getMessage(), e);
    }
    this.current = parser.parse(seen);
  }

  public T current() {
    return current;
  }

  /** Looks at the files once; called from time to time by one thread, not an event loop. */
  public synchronized void refresh() {
    try {
      var contents = read();
      // A swap between two files would pair a new certificate with an old key.
      if (!same(contents, seen) && same(contents, read())) {
        current = parser.parse(contents);
        seen = contents;
        log.info("{}: changed, and in use from now on", paths);
      }
      problem = "";
    } catch (IOException | IllegalArgumentException e) {
      var message = String.valueOf(e.getMessage());
      if (!message.equals(problem)) {
        log.error("{}: not taken, the last good content stays in use: {}", paths, message);
      }
      problem = message;
    }
  }

  private List<byte[]> read() throws IOException {
    var contents = new ArrayList<byte[]>();
    for (var path : paths) {
      if (Files.size(path) > MAX_BYTES) {
        throw new IOException(path + ": expected at most " + MAX_BYTES + " bytes");
      }
      contents.add(Files.readAllBytes(path));
    }
    return contents;
  }

  private static boolean same(List<byte[]> left, List<byte[]> right) {
    for (int i = 0; i < left.size(); i++) {
      if (!Arrays.equals(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }
}
