package dev.holdfast.dataplane.relay;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spares a fresh primary the rush of all clients at once: while it is fresh, clients queue in the
 * parking lot and are let go one by one, in the order they came. A primary is fresh until nobody
 * had to wait for a second, and for a minute at most: the rate is no limit of the normal load.
 */
final class Ramp {
  private static final Logger LOG = LoggerFactory.getLogger(Ramp.class);
  private static final long NONE = Long.MIN_VALUE;
  private static final long QUIET = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);

  private final EventLoop loop;
  private final ParkingLot parked;
  private final String resource;

  /** Newest epoch that was begun. */
  private long newest = NONE;

  private volatile long fresh = NONE;
  private volatile int perSecond;

  // on the loop only
  private Pace pace = new Pace(1, 0);
  private long begun;
  private long lastWait;
  private long turnsFor = NONE;
  private @Nullable ScheduledFuture<?> nextTurn;

  Ramp(EventLoop loop, ParkingLot parked, String resource) {
    this.loop = loop;
    this.parked = parked;
    this.resource = resource;
  }

  /** Whether clients of this epoch have to queue now; any thread. */
  boolean queues(long epoch) {
    return fresh == epoch;
  }

  /**
   * From now on clients of this epoch queue. To be called before they can see it; any thread. An
   * epoch begins once.
   *
   * @param rate new connections a second; 0: nobody queues
   */
  synchronized void begin(long epoch, int rate) {
    if (epoch <= newest) {
      return;
    }
    newest = epoch;
    perSecond = rate;
    fresh = rate > 0 ? epoch : NONE;
  }

  /**
   * Begins to let them go. To be called when they can see the epoch, else the first one would find
   * none and queue behind all others; any thread.
   */
  void letGo(long epoch) {
    loop.execute(() -> start(epoch));
  }

  /** The epoch is over: nobody is let go under it any more; any thread. */
  synchronized void stop() {
    fresh = NONE;
  }

  private void start(long epoch) {
    if (turnsFor == epoch || fresh != epoch) {
      return;
    }
    var now = now();
    pace = new Pace(perSecond, now);
    begun = now;
    lastWait = now;
    turnsFor = epoch;
    LOG.info("{}: epoch {} begins with {} new connections a second", resource, epoch, perSecond);
    turn();
  }

  /** Somebody has queued; any thread. */
  void queued() {
    loop.execute(this::turn);
  }

  private void turn() {
    if (turnsFor == NONE || fresh != turnsFor) {
      return;
    }
    var now = now();
    while (parked.hasWaitingFor(turnsFor) && pace.take(now)) {
      parked.releaseFirst(turnsFor);
    }
    var waiting = parked.hasWaitingFor(turnsFor);
    if (waiting) {
      lastWait = now;
    }
    if (now - begun >= LONGEST || now - lastWait >= QUIET) {
      end();
    } else {
      turnAt(waiting ? pace.next() : lastWait + QUIET, now);
    }
  }

  private void end() {
    var epoch = turnsFor;
    turnsFor = NONE;
    synchronized (this) {
      if (fresh == epoch) {
        fresh = NONE;
      }
    }
    LOG.info("{}: epoch {} takes new connections as they come", resource, epoch);
    parked.release(epoch);
  }

  private void turnAt(long time, long now) {
    if (nextTurn != null) {
      nextTurn.cancel(false);
    }
    nextTurn = loop.schedule(this::turn, Math.max(0, time - now), TimeUnit.NANOSECONDS);
  }

  private long now() {
    return loop.ticker().nanoTime();
  }
}
