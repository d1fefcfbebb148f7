package dev.holdfast.dataplane.relay;

import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.atomic.LongAdder;

/** A client linked to a backend. On their common event loop only. */
final class Pair extends TimerWheel.Entry {

  /** Both belong to one event loop. */
  record Channels(SocketChannel client, SocketChannel backend) {}

  private final Lane lane;
  private final RelayCounters counters;
  private final Target target;
  private final Channels channels;
  private final LongAdder toBackend;
  private final LongAdder toClient;
  private long idleNanos;
  private long lifetimeEnds = Long.MAX_VALUE;
  private long lastMoved;
  private int endedDirections;
  private boolean closed;

  Pair(Lane lane, RelayCounters all, BackendCounters backend, Target target, Channels channels) {
    this.lane = lane;
    this.counters = all;
    this.target = target;
    this.channels = channels;
    toBackend = backend.bytes(Direction.ToBackend);
    toClient = backend.bytes(Direction.ToClient);
    assert channels.client.eventLoop().equals(channels.backend.eventLoop());
  }

  Target target() {
    return target;
  }

  Channels channels() {
    return channels;
  }

  /** Starts the idle timeout and the maximum lifetime, where there are any. */
  void watch(RelayOptions.Waits waits) {
    idleNanos = waits.idleTimeout().toNanos();
    lastMoved = lane.deadlines.now();
    if (waits.maxLifetime().isPositive()) {
      lifetimeEnds = lastMoved + waits.maxLifetime().toNanos();
    }
    scheduleNext();
  }

  private void scheduleNext() {
    if (idleNanos > 0) {
      lane.deadlines.schedule(this, Math.min(lastMoved + idleNanos, lifetimeEnds));
    } else if (lifetimeEnds != Long.MAX_VALUE) {
      lane.deadlines.schedule(this, lifetimeEnds);
    }
  }

  @Override
  void expired() {
    var now = lane.deadlines.now();
    if (now >= lifetimeEnds) {
      cut(Cut.Lifetime);
    } else if (idleNanos > 0 && now - lastMoved >= idleNanos) {
      cut(Cut.Idle);
    } else {
      scheduleNext();
    }
  }

  void moved(Direction direction, long bytes) {
    (direction == Direction.ToBackend ? toBackend : toClient).add(bytes);
    active();
  }

  /** The other side took something: not idle, even if nothing new was read. */
  void active() {
    if (idleNanos > 0) {
      lastMoved = lane.deadlines.now();
    }
  }

  /** One direction's end of stream has been passed on. */
  void ended() {
    endedDirections++;
    if (endedDirections == 2 && finish()) {
      channels.client.close();
      channels.backend.close();
    }
  }

  /** Either side failed, or closed without having ended its stream: the other learns of it. */
  void broken() {
    if (finish()) {
      Sides.reset(channels.client);
      Sides.reset(channels.backend);
    }
  }

  /** The relay ends the connection itself: as a reset, so that nobody takes it for complete. */
  void cut(Cut reason) {
    if (!closed) {
      counters.cut(reason).increment();
      broken();
    }
  }

  private boolean finish() {
    if (closed) {
      return false;
    }
    closed = true;
    lane.deadlines.cancel(this);
    return true;
  }
}
