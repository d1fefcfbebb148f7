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
}
