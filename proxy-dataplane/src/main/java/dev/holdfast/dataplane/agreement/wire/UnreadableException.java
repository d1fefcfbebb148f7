package dev.holdfast.dataplane.agreement.wire;

import java.io.IOException;

/** Bytes that this program cannot read, because they are damaged or newer than it is. */
public final class UnreadableException extends IOException {

  public UnreadableException(String message) {
    super(message);
  }
}
