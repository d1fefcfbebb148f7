package dev.holdfast.cli.run;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when the content of the manifests has changed. Directories are watched, not files, because
 * Kubernetes swaps a ConfigMap's directory link; and the content is compared every poll interval
 * besides, because network file systems and subPath mounts tell nothing.
 */
final class FileWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FileWatch.class);
  private static final int MAX_SETTLING_ROUNDS = 10;

  /** What is watched. */
  interface Content {
    /** The directories in which a change shows. */
    Set<Path> directories();

    /**
     * Differs whenever the content differs.
     *
     * @throws IOException when there is no descriptor left to look with: nothing is known then
     */
    String fingerprint() throws IOException;
  }

  private final Content files;
  private final Duration quiet;
  private final Duration poll;
  private final Runnable changed;
  private final WatchService service;
  private String seen;
  private boolean blind;

  private FileWatch(
      Content files, Duration quiet, Duration poll, Runnable changed, WatchService service)
      throws IOException {
    this.files = files;
    this.quiet = quiet;
    this.poll = poll;
    this.changed = changed;
    this.service = service;
    this.seen = files.fingerprint();
  }

  /**
   * Starts to watch; what the files hold now is what later content is compared with.
   *
   * @param quiet after an event, so long must nothing happen before the content is looked at; ten
   *     times as long at most
   * @param changed called on the watch's own thread
   */
  static FileWatch start(Content files, Duration quiet, Duration poll, Runnable changed)
      throws IOException {
    var watch =
        new FileWatch(files, quiet, poll, changed, FileSystems.getDefault().newWatchService());
    files.directories().forEach(watch::register);
    Thread.ofVirtual().name("file-watch").start(watch::run);
    return watch;
  }

  @Override
  public void close() throws IOException {
    service.close();
  }

  private void register(Path directory) {
    try {
      directory.register(service, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
    } catch (IOException e) {
      log.warn(
          "{}: the system does not tell of changes ({}); looking every {} s instead",
          directory,
          e.toString(),
          poll.toSeconds());
    }
  }

  private void run() {
    try {
      while (true) {
        if (eventWithin(poll)) {
          settle();
        }
        compare();
      }
    } catch (InterruptedException | ClosedWatchServiceException e) {
      log.debug("the manifests are no longer watched");
    }
  }

  private void settle() throws InterruptedException {
    for (int round = 0; round < MAX_SETTLING_ROUNDS && eventWithin(quiet); round++) {}
  }

  private boolean eventWithin(Duration time) throws InterruptedException {
    var key = service.poll(time.toMillis(), TimeUnit.MILLISECONDS);
    if (key == null) {
      return false;
    }
    key.pollEvents();
    key.reset();
    return true;
  }

  private void compare() {
    String now;
    try {
      now = files.fingerprint();
    } catch (IOException e) {
      if (!blind) {
        log.warn("the manifests cannot be looked at now, what they said goes on: {}", e.toString());
      }
      blind = true;
      return;
    }
    if (blind) {
      log.info("the manifests can be looked at again");
    }
    blind = false;
    if (!now.equals(seen)) {
      seen = now;
      changed.run();
    }
  }
}
