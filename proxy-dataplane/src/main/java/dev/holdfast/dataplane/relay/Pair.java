package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.relay.transport.Direction;
import dev.holdfast.dataplane.relay.transport.Link;
import dev.holdfast.dataplane.relay.transport.Sides;
import io.netty.channel.Channel;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** A client linked to a backend. On their common event loop only. */
final class Pair extends TimerWheel.Entry implements Link {

  /** Both belong to one event loop. */
  record Channels(Channel client, Channel backend) {}

  private final Lane lane;
  private final RelayCounters counters;
  private final Target target;
  private final Lease lease;
  private final Claim claim;
  private final Channels channels;
  private final LongAdder toBackend;
  private final LongAdder toClient;
  private long idleNanos;
  private long lifetimeEnds = Long.MAX_VALUE;
  private long lastMoved;
  private int endedDirections;
  private long movedToBackend;
  private long movedToClient;
  private @Nullable AccessLine line;
  private boolean closed;

  Pair(
      Lane lane,
      RelayCounters all,
      BackendCounters backend,
      Admission.Open admitted,
      Channels channels) {
    this.lane = lane;
    this.counters = all;
    target = admitted.target();
    lease = admitted.lease();
    claim = admitted.claim();
    this.channels = channels;
    toBackend = backend.bytes(Direction.ToBackend);
    toClient = backend.bytes(Direction.ToClient);
    assert channels.client.eventLoop().equals(channels.backend.eventLoop());
  }

  Target target() {
    return target;
  }

  @Override
  public Channel client() {
    return channels.client;
  }

  @Override
  public Channel backend() {
    return channels.backend;
  }

  @Override
  public String backendName() {
    return target.backend();
  }

  /** When the lease has ended the process may have been stopped: nobody else has noticed yet. */
  @Override
  public boolean mayMove() {
    if (lease.expired()) {
      cut(EndReason.LeaseEnded);
    } else {
      severIfRevoked();
    }
    return !closed;
  }

  void severIfRevoked() {
    if (claim.revoked()) {
      cut(EndReason.Severed);
    }
  }

  /** Tells this line when the pair ends. */
  void tell(@Nullable AccessLine accessLine) {
    line = accessLine;
  }

  /** Before the first byte: starts the idle timeout and the maximum lifetime, if there are any. */
  void open(RelayOptions.Waits waits) {
    idleNanos = waits.idleTimeout().toNanos();
    lastMoved = lane.deadlines.now();
    if (waits.maxLifetime().isPositive()) {
      lifetimeEnds = lastMoved + waits.maxLifetime().toNanos();
    }
    scheduleNext();
    claim.opened();
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
      cut(EndReason.Lifetime);
    } else if (idleNanos > 0 && now - lastMoved >= idleNanos) {
      cut(EndReason.Idle);
    } else {
      scheduleNext();
    }
  }

  @Override
  public void moved(Direction direction, long bytes) {
    if (direction == Direction.ToBackend) {
      movedToBackend += bytes;
      toBackend.add(bytes);
    } else {
      movedToClient += bytes;
      toClient.add(bytes);
    }
    active();
  }

  @Override
  public void active() {
    if (idleNanos > 0) {
      lastMoved = lane.deadlines.now();
    }
  }

  @Override
  public void ended() {
    endedDirections++;
    if (endedDirections == 2 && finish(EndReason.Complete)) {
      // in this order, so that there is no connection to a backend any more when no client is left
      channels.backend.close();
      channels.client.close();
    }
  }

  @Override
  public void clientBroken() {
    cut(EndReason.ClientReset);
  }

  @Override
  public void backendBroken() {
    cut(EndReason.BackendReset);
  }

  @Override
  public void outOfMemory(OutOfMemoryError cause) {
    lane.transport.memoryLog().tell(target.backend(), cause);
    cut(EndReason.OutOfMemory);
  }

  /** Ends the connection as a reset on both sides, so that nobody takes it for complete. */
  void cut(EndReason reason) {
    if (finish(reason)) {
      Sides.reset(channels.backend);
      Sides.reset(channels.client);
    }
  }

  private boolean finish(EndReason reason) {
    if (closed) {
      return false;
    }
    closed = true;
    counters.ended(reason).increment();
    lane.deadlines.cancel(this);
    claim.closed();
    if (line != null) {
      line.ended(target.backend(), claim, movedToBackend, movedToClient, reason);
    }
    return true;
  }
}
