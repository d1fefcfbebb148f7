package dev.holdfast.floatingip.web;

import java.io.IOException;

/** Carries requests. The answer's body is thrown away. */
@FunctionalInterface
public interface WebTransport {

  /**
   * Blocks until the answer is there, at most as long as the call allows.
   *
   * @return the status code
   * @throws NoAnswer for a reason that names no address
   */
  int send(WebCall call) throws NoAnswer, InterruptedException;

  /** Nobody answered. It has no cause, because those of the platform name the address. */
  final class NoAnswer extends IOException {
    private static final long serialVersionUID = 1;

    private final String reason;

    public NoAnswer(String reason) {
      super(reason);
      this.reason = reason;
    }

    public String reason() {
      return reason;
    }
  }
}
