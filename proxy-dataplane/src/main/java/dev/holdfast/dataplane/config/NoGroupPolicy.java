package dev.holdfast.dataplane.config;

/** What becomes of clients whom no group may take. */
public enum NoGroupPolicy {
  Close,
  /** The ports are closed while no group serves anybody. */
  Refuse,
  Hold
}
