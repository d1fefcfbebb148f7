package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.relay.access.AccessLog;
import dev.holdfast.dataplane.relay.transport.TransferEngine;
import io.netty.channel.EventLoop;

/** What all event loops of one relay share. */
final class RelayState {
  final RelayEvents events;
  final TransferEngine engine;
  final RelayCounters counters = new RelayCounters();
  final Occupancy occupancy = new Occupancy();
  final ParkingLot parked = new ParkingLot();
  final Ramp ramp;
  final HeldBytes heldBytes = new HeldBytes();
  final AccessLog accessLog;
  private volatile Admission admission = new Admission.Refuse();
  private volatile boolean lapsed;
  private volatile RelayOptions options;

  RelayState(
      RelayEvents events,
      TransferEngine engine,
      AccessLog accessLog,
      EventLoop control,
      RelayOptions options) {
    this.events = events;
    this.engine = engine;
    this.accessLog = accessLog;
    this.options = options;
    ramp = new Ramp(control, parked, options.resource());
  }

  Admission admission() {
    var now = admission;
    return now instanceof Admission.Open open && open.lease().expired() ? open.afterwards() : now;
  }

  /** Why a client is turned away that comes now. */
  EndReason turnedAway() {
    var expired =
        switch (admission) {
          case Admission.Open open -> open.lease().expired();
          case Admission.Routed(var router) -> router.lapsed();
          case Admission.Hold _, Admission.Wait _, Admission.Refuse _, Admission.Close _ -> false;
        };
    return lapsed || expired ? EndReason.NoLease : EndReason.NotAdmitted;
  }

  void lapse(Admission withoutLease) {
    admit(withoutLease);
    lapsed = true;
  }

  void admit(Admission newAdmission) {
    lapsed = false;
    if (newAdmission instanceof Admission.Open(var target, _, _, _)) {
      ramp.begin(target.epoch(), options.limits().freshPerSecond());
    } else {
      ramp.stop();
    }
    admission = newAdmission;
    switch (newAdmission) {
      case Admission.Open(var target, _, _, _) when ramp.queues(target.epoch()) ->
          ramp.letGo(target.epoch());
      case Admission.Open(var target, _, _, _) -> parked.release(target.epoch());
      case Admission.Routed _ -> parked.releaseAll();
      case Admission.Hold _, Admission.Wait _, Admission.Refuse _, Admission.Close _ -> {}
    }
  }

  /** Whether nothing has been admitted since this was; one that is admitted again is another. */
  @SuppressWarnings("ReferenceEquality")
  boolean stillAdmits(Admission seen) {
    return admission == seen;
  }

  RelayOptions options() {
    return options;
  }

  void configure(RelayOptions newOptions) {
    options = newOptions;
  }
}
