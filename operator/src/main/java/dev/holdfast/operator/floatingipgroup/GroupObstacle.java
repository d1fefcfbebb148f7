package dev.holdfast.operator.floatingipgroup;

/**
 * Why a resource cannot be run as it says.
 *
 * @param message says what to do
 */
record GroupObstacle(Kind kind, String message) {

  /** As the reason of a condition. */
  enum Kind {
    EndpointNotAllowed,
    ReferenceMissing,
    SpecRefused
  }
}
