package dev.holdfast.dataplane.relay;

/** What all event loops of one relay share. */
final class RelayState {
  final RelayEvents events;
  final TransferEngine engine;
  final RelayCounters counters = new RelayCounters();
  final Occupancy occupancy = new Occupancy();
  final ParkingLot parked = new ParkingLot();
  private volatile Admission admission = new Admission.Refuse();
  private volatile RelayOptions options;

  RelayState(RelayEvents events, TransferEngine engine, RelayOptions options) {
    this.events = events;
    this.engine = engine;
    this.options = options;
  }

  Admission admission() {
    return admission;
  }

  void admit(Admission newAdmission) {
    admission = newAdmission;
  }

  RelayOptions options() {
    return options;
  }

  void configure(RelayOptions newOptions) {
    options = newOptions;
  }
}
