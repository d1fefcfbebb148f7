package dev.holdfast.floatingip.hetzner;

import dev.holdfast.floatingip.hetzner.model.ApiFailure;

/** A call that gave no result. */
public final class ApiException extends Exception {
  // not serialized by anybody
  private final transient ApiFailure failure;

  public ApiException(ApiFailure failure) {
    super(failure.message());
    this.failure = failure;
  }

  public ApiFailure failure() {
    return failure;
  }
}
