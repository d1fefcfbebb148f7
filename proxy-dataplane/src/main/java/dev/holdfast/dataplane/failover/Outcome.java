package dev.holdfast.dataplane.failover;

/** How a connect ended. */
public sealed interface Outcome {

  record Connected() implements Outcome {}

  /**
   * @param why for people
   */
  record Failed(Reason reason, String why) implements Outcome {}

  /**
   * Of probes only: this machine had nothing left to ask with, and nothing is known of the backend.
   *
   * @param why for people
   */
  record NotAsked(String why) implements Outcome {}
}
