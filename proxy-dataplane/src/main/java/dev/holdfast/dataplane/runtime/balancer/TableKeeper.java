package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.dataplane.config.ResourceKey;
import dev.holdfast.dataplane.state.TableStore;
import dev.holdfast.dataplane.sticky.MachineImage;
import dev.holdfast.health.probe.DecisionLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a resource's table down: a second after it changed, or later when it is large, so that
 * writing takes a tenth of the time at most; and at the end. Confined to the decision loop, but for
 * what says otherwise.
 */
final class TableKeeper {
  private static final Logger log = LoggerFactory.getLogger("dev.holdfast.sticky");
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int REST = 9;
  private static final Duration LAST_DEADLINE = Duration.ofSeconds(10);

  private final TableStore store;
  private final ResourceKey key;
  private final @Nullable String uid;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private @Nullable DecisionLoop loop;
  private @Nullable LoneStickDecider decider;
  private long written;
  private boolean failing;
  private boolean writing;
  private boolean closed;

  TableKeeper(TableStore store, ResourceKey key, @Nullable String uid) {
    this.store = store;
    this.key = key;
    this.uid = uid;
  }

  /** Null when there is nothing to go on from. Blocks; any thread. */
  @Nullable MachineImage read() {
    return store.read(key, uid);
  }

  void start(DecisionLoop onLoop, LoneStickDecider ofDecider) {
    loop = onLoop;
    decider = ofDecider;
    onLoop.after(PAUSE, () -> look(onLoop, ofDecider));
  }

  private void look(DecisionLoop onLoop, LoneStickDecider ofDecider) {
    if (closed) {
      return;
    }
    if (ofDecider.changes() == written) {
      onLoop.after(PAUSE, () -> look(onLoop, ofDecider));
      return;
    }
    var begun = onLoop.now();
    write(onLoop, ofDecider)
        .thenRunAsync(
            () -> {
              var rest = Duration.between(begun, onLoop.now()).multipliedBy(REST);
              onLoop.after(rest.compareTo(PAUSE) > 0 ? rest : PAUSE, () -> look(onLoop, ofDecider));
            },
            onLoop);
  }

  private CompletableFuture<Void> write(DecisionLoop onLoop, LoneStickDecider ofDecider) {
    var changes = ofDecider.changes();
    writing = true;
    return store
        .write(key, uid, ofDecider.machine().image())
        .handleAsync(
            (done, failure) -> {
              writing = false;
              told(changes, failure);
              return null;
            },
            onLoop);
  }

  /** Told once when it begins and once when it ends. */
  private void told(long changes, @Nullable Throwable failure) {
    if (failure == null) {
      written = changes;
      if (failing) {
        log.info("{}: the table is written down again", key);
      }
    } else if (!failing) {
      log.error(
          "{}: the table could not be written down ({}); it is tried again. If this process ends"
              + " now, keys are given groups anew",
          key,
          failure.toString());
    }
    failing = failure != null;
  }

  /** Writes a last time. */
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (loop == null || decider == null || (decider.changes() == written && !writing)) {
      ended.complete(null);
    } else {
      write(loop, decider).thenRun(() -> ended.complete(null));
    }
  }

  /** Any thread but the decision loop's; returns after at most a few seconds. */
  void awaitClosed() {
    var inTime =
        ended
            .thenApply(_ -> true)
            .completeOnTimeout(false, LAST_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
            .join();
    if (!inTime) {
      log.error("{}: the table is still being written down after {}", key, LAST_DEADLINE);
    }
  }
}
