package dev.holdfast.api.v1alpha1;

/** Whether replicas agree on the primary before one of them admits a client. */
public record Agreement(Mode mode, String leaseDuration) {

  public enum Mode {
    None,
    Raft,
    Auto
  }
}
