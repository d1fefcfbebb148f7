package dev.holdfast.dataplane.failover;

/** How a connect ended. */
public sealed interface Outcome {

  record Connected() implements Outcome {}

  /**
   * @param why for people
   */
  record Failed(Reason reason, String why) implements Outcome {}
}
