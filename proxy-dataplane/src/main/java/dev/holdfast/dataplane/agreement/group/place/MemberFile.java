package dev.holdfast.dataplane.agreement.group.place;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.group.Belonging;
import dev.holdfast.dataplane.agreement.replica.Replicas.Place;
import dev.holdfast.dataplane.state.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose directory it is: {@code member.json}, written whole each time. A directory without one is
 * new; one of another resource or peer is left alone. Used by one thread; all but the getters
 * block.
 */
final class MemberFile {
  private static final Logger log = LoggerFactory.getLogger(MemberFile.class);
  private static final String LOG = "log-";
  private static final int FORMAT = 1;
  private static final int MAX_BYTES = 64 * 1024;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * @param uid empty outside a cluster
   * @param group null until the disk has entered one
   * @param damaged a group whose log on this disk could not be used any more
   */
  private record Content(
      int format,
      String resource,
      String uid,
      MemberId self,
      @Nullable Belonging group,
      @Nullable UUID damaged) {}

  private final Path directory;
  private final RandomGenerator random;
  private Content content;

  private MemberFile(Path directory, RandomGenerator random, Content content) {
    this.directory = directory;
    this.random = random;
    this.content = content;
  }

  /**
   * @param random draws the disk's number
   * @throws IllegalStateException when the directory is another's, or cannot be read or written
   */
  static MemberFile open(Place place, RandomGenerator random) {
    var file = place.directory().resolve("member.json");
    var uid = Objects.requireNonNullElse(place.uid(), "");
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(place.directory());
        var self = new MemberId(place.self(), random.nextLong());
        var fresh = new Content(FORMAT, place.resource(), uid, self, null, null);
        var opened = new MemberFile(place.directory(), random, fresh);
        opened.write(fresh);
        return opened;
      }
      var found = read(file);
      if (!found.resource().equals(place.resource())
          || !found.uid().equals(uid)
          || !found.self().peer().equals(place.self())) {
        throw new IllegalStateException(
            """
            %s: expected the directory of %s (uid "%s"), peer %s, found that of %s (uid "%s"), \
            peer %s; give this one another directory, or remove it if its data is not needed\
            """
                .formatted(
                    file,
                    place.resource(),
                    uid,
                    place.self(),
                    found.resource(),
                    found.uid(),
                    found.self().peer()));
      }
      return new MemberFile(place.directory(), random, found);
    } catch (IOException e) {
      throw new IllegalStateException(file + ": cannot be read or written: " + e, e);
    }
  }

  private static Content read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("expected at most " + MAX_BYTES + " bytes");
    }
    try {
      var found = JSON.readValue(Files.readAllBytes(file), Content.class);
      if (found == null || found.format() != FORMAT || found.self() == null) {
        throw new IOException("expected a member, format " + FORMAT);
      }
      return found;
    } catch (JsonProcessingException e) {
      throw new IOException(
          "not what was written; restore it, or remove the directory and let this peer join anew: "
              + e.getOriginalMessage(),
          e);
    }
  }

  MemberId self() {
    return content.self();
  }

  @Nullable Belonging group() {
    return content.group();
  }

  @Nullable UUID damaged() {
    return content.damaged();
  }

  /** Each disk number has a log of its own, so that no log is ever taken for another's. */
  Path logDirectory() {
    return directory.resolve(LOG + Long.toHexString(self().disk()));
  }

  void enter(Belonging group) throws IOException {
    write(new Content(FORMAT, content.resource(), content.uid(), self(), group, content.damaged()));
  }

  /**
   * Becomes another member. The log that cannot be used is left for people to look at; those that
   * were left before it are removed, so that they do not fill the disk.
   */
  void retire() throws IOException {
    var left = logDirectory();
    var group = content.group();
    var damaged = group == null ? content.damaged() : group.group();
    var next = new MemberId(self().peer(), random.nextLong());
    write(new Content(FORMAT, content.resource(), content.uid(), next, null, damaged));
    removeAllBut(left);
  }

  private void removeAllBut(Path left) {
    try (var entries = Files.list(directory)) {
      for (var entry : entries.filter(MemberFile::isLog).toList()) {
        if (!entry.equals(left)) {
          remove(entry);
          log.info("{}: removed, a log that could not be used; the newest such is {}", entry, left);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      log.warn("{}: logs that could not be used are not all removed: {}", directory, e.toString());
    }
  }

  private static boolean isLog(Path entry) {
    return entry.getFileName().toString().startsWith(LOG);
  }

  private static void remove(Path tree) throws IOException {
    try (var all = Files.walk(tree)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private void write(Content next) throws IOException {
    DurableFile.write(directory.resolve("member.json"), JSON.writeValueAsBytes(next));
    content = next;
  }
}
