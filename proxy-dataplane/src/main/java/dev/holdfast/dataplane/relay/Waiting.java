package dev.holdfast.dataplane.relay;

import java.time.Duration;

/**
 * A client's waiting for a target, for its turn at one, or for its router's word: in the parking
 * lot, for as long as its patience lasts, while what it sends is kept. It may wait more than once.
 * On the client's event loop only, but for {@link #released}.
 */
final class Waiting {

  /** Whoever waits; called on its event loop. */
  interface Party {
    /** The waiting is over, because there may be a target. */
    void goOn();

    void reject(EndReason reason);
  }

  private final RelayState relay;
  private final Lane lane;
  private final EarlyReader early;
  private final Party party;
  private final Patience patience;
  private long failedEpoch = ParkingLot.NO_EPOCH;
  private long turnOf = ParkingLot.NO_EPOCH;

  Waiting(RelayState relay, Lane lane, EarlyReader early, Party party) {
    this.relay = relay;
    this.lane = lane;
    this.early = early;
    this.party = party;
    patience = new Patience(lane.deadlines, this::outOfPatience);
  }

  /** Whether a client that has waited so far may be connected to this epoch's target. */
  boolean endsUnder(long epoch) {
    return epoch != failedEpoch && (turnOf == epoch || !relay.ramp.queues(epoch));
  }

  /** The connect failed: the target of this epoch is none to wait for. */
  void failedUnder(long epoch) {
    failedEpoch = epoch;
  }

  /** The next wait's time counts from its own beginning. */
  void beginAnew() {
    patience.forget();
  }

  /** Under {@link Admission.Hold}. */
  void forPrimary() {
    park(relay.options().waits().holdFor(), true);
  }

  /** For another target than the one that failed, or for the turn at this one. */
  void forNext() {
    park(relay.options().waits().retryDeadline(), true);
  }

  /** Under {@link Admission.Wait}. */
  void forWord() {
    park(relay.options().waits().retryDeadline(), false);
  }

  private void park(Duration limit, boolean counts) {
    if (!patience.lasts(limit)) {
      party.reject(EndReason.HeldTooLong);
      return;
    }
    var stay = new ParkingLot.Stay(failedEpoch, counts);
    if (!relay.parked.enter(this, stay, relay.options().limits().maxHeld())) {
      party.reject(EndReason.HeldFull);
      return;
    }
    early.startWaiting();
    // a target admitted between our look and our parking has not released us
    if (relay.admission() instanceof Admission.Open(var target, _, _, _)
        && target.epoch() != failedEpoch) {
      queueOrGo(target.epoch());
    }
  }

  private void queueOrGo(long epoch) {
    if (relay.ramp.queues(epoch)) {
      relay.ramp.queued();
    } else if (relay.parked.leave(this)) {
      resume(epoch);
    }
  }

  /** Who was held in time for a primary that is there now waits for its turn a little longer. */
  private void outOfPatience() {
    var inQueue =
        relay.admission() instanceof Admission.Open(var target, _, _, _)
            && relay.ramp.queues(target.epoch());
    if (inQueue && patience.lasts(relay.options().waits().retryDeadline())) {
      return;
    }
    if (relay.parked.leave(this)) {
      party.reject(EndReason.HeldTooLong);
    }
  }

  /** Its router has another word; nothing happens when the client does not wait. */
  void again() {
    if (relay.parked.leave(this)) {
      resume(ParkingLot.NO_EPOCH);
    }
  }

  /** Taken out of the parking lot, to be connected under this epoch; any thread. */
  void released(long epoch) {
    lane.loop.execute(() -> resume(epoch));
  }

  private void resume(long epoch) {
    turnOf = epoch;
    failedEpoch = ParkingLot.NO_EPOCH;
    patience.stop();
    early.stopWaiting();
    party.goOn();
  }

  /** The client is over. */
  void end() {
    relay.parked.leave(this);
    patience.stop();
  }
}
