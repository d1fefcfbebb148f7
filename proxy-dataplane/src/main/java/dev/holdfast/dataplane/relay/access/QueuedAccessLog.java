package dev.holdfast.dataplane.relay.access;

import dev.holdfast.dataplane.metrics.MetricSink;
import dev.holdfast.dataplane.metrics.MetricSource;
import io.netty.util.NetUtil;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs through the logger {@code dev.holdfast.access}, on a thread of its own. When the lines come
 * faster than they are written, those that find the queue full are dropped, counted, and said.
 */
public final class QueuedAccessLog implements AccessLog, MetricSource, AutoCloseable {
  private static final String HELP =
      "Lines of the access log, written or dropped because too many came at once.";

  private static final int QUEUE = 8_192;
  private static final long LOOK_MILLIS = 500;
  private static final long CLOSE_MILLIS = 2_000;

  private final Logger lines;
  private final BlockingQueue<AccessEntry> queue = new ArrayBlockingQueue<>(QUEUE);
  private final LongAdder written = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final Thread writer = new Thread(this::run, "access-log");
  private volatile boolean closed;
  private long droppedTold;

  private QueuedAccessLog(Logger lines) {
    this.lines = lines;
    writer.setDaemon(true);
  }

  public static QueuedAccessLog start() {
    return start(LoggerFactory.getLogger("dev.holdfast.access"));
  }

  static QueuedAccessLog start(Logger lines) {
    var log = new QueuedAccessLog(lines);
    log.writer.start();
    return log;
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public void write(AccessEntry entry) {
    if (!queue.offer(entry)) {
      dropped.increment();
    }
  }

  private void run() {
    try {
      while (!closed || !queue.isEmpty()) {
        var entry = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (entry != null) {
          log(entry);
        }
        if (queue.isEmpty() || written.sum() % QUEUE == 0) {
          tellDropped();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void log(AccessEntry entry) {
    lines.info(
        "access resource={} client={} backend={}{} bytesToBackend={} bytesToClient={} took={}ms"
            + " end={}",
        entry.resource(),
        NetUtil.toSocketAddressString(entry.client()),
        entry.backend() == null ? "-" : entry.backend(),
        entry.key() == null ? "" : " key=" + entry.key(),
        entry.bytesToBackend(),
        entry.bytesToClient(),
        entry.took().toMillis(),
        entry.end());
    written.increment();
  }

  /** When the rush is over, and now and then in a long one. */
  private void tellDropped() {
    var now = dropped.sum();
    if (now > droppedTold) {
      lines.warn(
          "{} lines of the access log are missing: connections ended faster than lines could be"
              + " written",
          now - droppedTold);
      droppedTold = now;
    }
  }

  @Override
  public void collect(MetricSink sink) {
    sink.counter(
        "holdfast_access_log_lines_total",
        HELP,
        Map.of("result", "written"),
        (double) written.sum());
    sink.counter(
        "holdfast_access_log_lines_total",
        HELP,
        Map.of("result", "dropped"),
        (double) dropped.sum());
  }

  /** Writes what is queued, for two seconds at most. */
  @Override
  public void close() {
    closed = true;
    try {
      writer.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writer.interrupt();
  }
}
