package dev.holdfast.dataplane.relay;

/** Why a client was closed without having been linked to a backend; a metric label. */
enum Rejection {
  MaxConnections,
  MaxConnectionsPerBackend,
  /** The admission was {@link Admission.Close}, or became {@link Admission.Refuse} meanwhile. */
  NotAdmitted,
  /** As many clients as allowed were parked already. */
  HeldFull,
  HeldTooLong,
  ConnectFailed,
  /** This machine ran out of descriptors, ports or memory; nothing is known of the backend. */
  OutOfResources,
  /** The client left, or was cut, while parked or connecting. */
  Gone
}
