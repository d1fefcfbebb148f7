package dev.holdfast.dataplane.relay.transport;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says at most once a minute that there is no memory for bytes. Any thread. */
public final class MemoryLog {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryLog.class);
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final LongSupplier nanoTime;
  private final AtomicLong nextAt;

  MemoryLog(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    nextAt = new AtomicLong(nanoTime.getAsLong());
  }

  /**
   * @return whether it was said
   */
  public boolean tell(String backend, OutOfMemoryError cause) {
    var now = nanoTime.getAsLong();
    var next = nextAt.get();
    if (now - next < 0 || !nextAt.compareAndSet(next, now + PAUSE_NANOS)) {
      return false;
    }
    LOG.error(
        "no memory for bytes that their receiver does not take: a connection to {} is cut ({});"
            + " raise the memory limit, or lower maxConnections; said once a minute",
        backend,
        cause.getMessage());
    return true;
  }
}
