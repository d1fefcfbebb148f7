package dev.holdfast.cli.run;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {
  private static final Duration QUIET = Duration.ofMillis(20);
  private static final Duration SELDOM = Duration.ofHours(1);
  private static final String SHORT = "short of descriptors";

  @TempDir Path directory;
  private final Semaphore changes = new Semaphore(0);
  private FileWatch watch;

  @AfterEach
  void close() throws IOException {
    watch.close();
  }

  @Test
  @DisplayName("A file that is written anew is told")
  void written() throws Exception {
    var file = Files.writeString(directory.resolve("a.yaml"), "1");
    watch(SELDOM, file);
    Files.writeString(file, "2");

    assertTold();
  }

  @Test
  @DisplayName("A file that is replaced by a rename, vanishes or comes back is told")
  void replaced() throws Exception {
    var file = Files.writeString(directory.resolve("a.yaml"), "1");
    watch(SELDOM, file);
    var other = Files.writeString(directory.resolve("a.yaml~"), "2");
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    assertTold();
    Files.delete(file);
    assertTold();
    Files.writeString(file, "2");
    assertTold();
  }

  @Test
  @DisplayName("The swap of a ConfigMap volume's ..data link is told")
  void configMap() throws Exception {
    Files.writeString(Files.createDirectory(directory.resolve("..1")).resolve("a.yaml"), "1");
    Files.writeString(Files.createDirectory(directory.resolve("..2")).resolve("a.yaml"), "2");
    var data = Files.createSymbolicLink(directory.resolve("..data"), Path.of("..1"));
    var file = Files.createSymbolicLink(directory.resolve("a.yaml"), Path.of("..data/a.yaml"));
    watch(SELDOM, file);
    var swapped = Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..2"));
    Files.move(swapped, data, StandardCopyOption.ATOMIC_MOVE);

    assertTold();
  }

  @Test
  @DisplayName("A manifest that is added to a named directory is told")
  void added() throws Exception {
    watch(SELDOM, directory);
    Files.writeString(directory.resolve("b.yml"), "1");

    assertTold();
  }

  @Test
  @DisplayName("Where the system tells nothing, the poll finds the change")
  void polled() throws Exception {
    var elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    var target = Files.writeString(elsewhere.resolve("target"), "1");
    var file = Files.createSymbolicLink(directory.resolve("a.yaml"), target);
    watch(Duration.ofMillis(50), file);
    Files.writeString(target, "2");

    assertTold();
  }

  @Test
  @DisplayName("Writing the same content, or a file that is no manifest, is not told")
  void same() throws Exception {
    var file = Files.writeString(directory.resolve("a.yaml"), "1");
    watch(SELDOM, directory);
    // not emptied first: that is another content, if it lasts
    Files.writeString(file, "1", StandardOpenOption.WRITE);
    Files.writeString(directory.resolve("notes.txt"), "2");
    Files.writeString(directory.resolve(".hidden.yaml"), "3");
    assertThat(changes.tryAcquire(300, java.util.concurrent.TimeUnit.MILLISECONDS)).isFalse();
    Files.writeString(file, "2");

    assertTold();
  }

  @Test
  @DisplayName("T22 Without a descriptor to look with nothing has changed, and later it is told")
  void noDescriptors() throws Exception {
    var looks = new LinkedBlockingQueue<String>(List.of("1"));
    watch = FileWatch.start(content(looks), QUIET, QUIET, changes::release);
    looks.add(SHORT);
    looks.add(SHORT);
    looks.add("1");
    looks.add("2");

    assertTold();
    assertThat(looks).isEmpty();
    assertThat(changes.tryAcquire()).isFalse();
  }

  /** Looks as these words say, then as the last one for ever. */
  private static FileWatch.Content content(Queue<String> looks) {
    return new FileWatch.Content() {
      private String last = "";

      @Override
      public Set<Path> directories() {
        return Set.of();
      }

      @Override
      public String fingerprint() throws IOException {
        var next = looks.poll();
        last = next == null ? last : next;
        if (last.equals(SHORT)) {
          throw new FileSystemException("a.yaml", null, "Too many open files");
        }
        return last;
      }
    };
  }

  private void watch(Duration poll, Path... named) throws IOException {
    watch = FileWatch.start(new ManifestFiles(List.of(named)), QUIET, poll, changes::release);
  }

  private void assertTold() throws InterruptedException {
    assertThat(changes.tryAcquire(10, SECONDS)).isTrue();
  }
}
