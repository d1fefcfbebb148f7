package dev.holdfast.cli.fallback;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.cli.fallback.BackendFigures.Figures;
import dev.holdfast.cli.run.LocalRun;
import dev.holdfast.dataplane.status.StatusBoard;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes tcp_fallback's log from the status and the metrics of a run, on a thread of its own: a log
 * that blocks does not block the data plane.
 */
final class FallbackReporter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FallbackReporter.class);
  private static final int MAX_WAITING = 1000;
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final LocalRun run;
  private final Statistics statistics;
  private final Duration statsInterval;
  private final BackendHistory history = new BackendHistory();
  private final BlockingQueue<DataPlaneStatus> statuses = new ArrayBlockingQueue<>(MAX_WAITING);
  private final StatusBoard.Subscription subscription;
  private final Thread thread;
  private Instant nextLook;
  private Instant nextStats;
  private long turnedAway;

  private FallbackReporter(LocalRun run, Statistics statistics, Duration stats, Instant now) {
    this.run = run;
    this.statistics = statistics;
    this.statsInterval = stats;
    this.nextLook = now.plus(LOOK);
    this.nextStats = now.plus(stats);
    this.subscription = run.proxies().subscribe(this::hear);
    this.thread = Thread.ofVirtual().name("fallback-log").unstarted(this::work);
  }

  static FallbackReporter start(LocalRun run, Statistics statistics, Duration stats, Instant now) {
    var reporter = new FallbackReporter(run, statistics, stats, now);
    reporter.thread.start();
    return reporter;
  }

  private void hear(DataPlaneStatus status) {
    if (!statuses.offer(status)) {
      log.debug("a change is left out, because the log is too slow for it");
    }
  }

  private void work() {
    try {
      while (true) {
        var wait =
            Duration.between(Instant.now(), nextLook.isBefore(nextStats) ? nextLook : nextStats);
        var status = statuses.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
        if (status == null) {
          look(Instant.now());
        } else {
          history.hear(status).forEach(log::info);
        }
      }
    } catch (InterruptedException e) {
      log.debug("the log is closed");
    }
  }

  private void look(Instant now) {
    nextLook = now.plus(LOOK);
    var figures = BackendFigures.read(run.metrics());
    statistics.observe(figures, now);
    var all = run.proxies().all();
    all.forEach(this::tellWhoWasTurnedAway);
    if (!now.isBefore(nextStats)) {
      nextStats = now.plus(statsInterval);
      all.forEach(status -> writeStatistics(status, figures, now));
    }
  }

  /** One line a second at most, however many clients come. */
  private void tellWhoWasTurnedAway(DataPlaneStatus status) {
    var rejected = status.connections().rejected();
    if (status.primary() == null && rejected > turnedAway) {
      var clients = rejected - turnedAway;
      log.info(
          "Failed to connect to any backend{}",
          clients == 1 ? "" : ": %d clients".formatted(clients));
    }
    turnedAway = rejected;
  }

  private void writeStatistics(DataPlaneStatus status, Map<String, Figures> figures, Instant now) {
    for (var backend : status.backends()) {
      var own = figures.getOrDefault(backend.name(), Figures.NONE);
      log.info(statistics.line(backend, own, history, now));
    }
  }

  @Override
  public void close() {
    subscription.close();
    thread.interrupt();
  }
}
