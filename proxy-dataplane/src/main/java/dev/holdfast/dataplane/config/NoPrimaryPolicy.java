package dev.holdfast.dataplane.config;

import dev.holdfast.dataplane.relay.Admission;

/** What becomes of clients while there is no primary. */
public enum NoPrimaryPolicy {
  Refuse,
  Hold,
  Close;

  public Admission admission() {
    return switch (this) {
      case Refuse -> new Admission.Refuse();
      case Hold -> new Admission.Hold();
      case Close -> new Admission.Close();
    };
  }

  /**
   * Until the first choice has ended. Who is refused tries again, or elsewhere; who is accepted and
   * closed has met a service that fails.
   */
  public Admission admissionAtStart() {
    return this == Close ? new Admission.Refuse() : admission();
  }
}
