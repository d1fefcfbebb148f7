package dev.holdfast.dataplane.relay;

/** Why a client's connection ended; a metric label and a word of the access log. */
enum EndReason {
  /** Both sides ended their streams. */
  Complete,
  ClientReset,
  BackendReset,

  /** Made under an epoch that is over, or a claim that was revoked. */
  Severed,
  /** The lease that it was made under ended, and nothing had cut it by then. */
  LeaseEnded,
  /** Still open when the time of a drain was over. */
  Drained,
  Idle,
  Lifetime,
  /** There was no memory for what the receiver did not take. */
  OutOfMemory,

  MaxConnections(Stage.Unlinked),
  MaxConnectionsPerBackend(Stage.Unlinked),
  /** The admission was {@link Admission.Close}, or {@link Admission.Refuse} by then. */
  NotAdmitted(Stage.Unlinked),
  /** The same, because this process has no lease to admit clients under. */
  NoLease(Stage.Unlinked),
  /** As many clients as allowed were waiting already. */
  HeldFull(Stage.Unlinked),
  HeldTooLong(Stage.Unlinked),
  ConnectFailed(Stage.Unlinked),
  /** This machine ran out of descriptors, ports or memory; nothing is known of the backend. */
  OutOfResources(Stage.Unlinked),
  /** No PROXY header where one is required, a malformed one, or half of one for too long. */
  BadProxyHeader(Stage.Unlinked),
  /** A PROXY header is required, and this client's would not be believed. */
  UntrustedSource(Stage.Unlinked),
  /** It did not say in time what it is to be routed by. */
  FirstBytesMissing(Stage.Unlinked),
  /** The client left, or was cut, before it was linked. */
  Gone(Stage.Unlinked);

  private enum Stage {
    Linked,
    Unlinked
  }

  private final Stage stage;

  EndReason() {
    this(Stage.Linked);
  }

  EndReason(Stage stage) {
    this.stage = stage;
  }

  /** Whether the client was closed without having been linked to a backend. */
  boolean rejects() {
    return stage == Stage.Unlinked;
  }
}
