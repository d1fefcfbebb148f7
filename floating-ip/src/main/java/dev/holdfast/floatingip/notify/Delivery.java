package dev.holdfast.floatingip.notify;

import dev.holdfast.floatingip.hetzner.Pacer;
import dev.holdfast.floatingip.hetzner.model.RetryPolicy;
import dev.holdfast.floatingip.web.WebCall;
import dev.holdfast.floatingip.web.WebTransport;
import dev.holdfast.floatingip.web.WebTransport.NoAnswer;
import java.util.function.DoubleSupplier;

/** Brings one payload to one target, with patience. */
final class Delivery {

  /** What became of it. */
  sealed interface Outcome {

    record Delivered() implements Outcome {}

    /** The last attempt's failure. */
    record GivenUp(String reason, int attempts) implements Outcome {}
  }

  private final Target target;
  private final DeliveryPolicy policy;
  private final WebTransport transport;
  private final Pacer pacer;
  private final DoubleSupplier jitter;

  /**
   * @param jitter from 0 to 1
   */
  Delivery(
      Target target,
      DeliveryPolicy policy,
      WebTransport transport,
      Pacer pacer,
      DoubleSupplier jitter) {
    this.target = target;
    this.policy = policy;
    this.transport = transport;
    this.pacer = pacer;
    this.jitter = jitter;
  }

  Outcome send(String payload) throws InterruptedException {
    var call = WebCall.post(target.url(), payload, policy.timeout());
    for (int attempt = 1; ; attempt++) {
      String reason;
      boolean passes;
      try {
        var status = transport.send(call);
        if (target.service().delivered(status)) {
          return new Outcome.Delivered();
        }
        reason = "answered with status " + status;
        passes = passes(status);
      } catch (NoAnswer e) {
        reason = e.reason();
        passes = true;
      }
      if (!passes || attempt >= policy.attempts()) {
        return new Outcome.GivenUp(reason, attempt);
      }
      pacer.pause(RetryPolicy.backoff(policy.firstPause(), attempt - 1, jitter.getAsDouble()));
    }
  }

  /** Request timeout, too early, too many requests, and what is the server's own fault. */
  private static boolean passes(int status) {
    return status == 408 || status == 425 || status == 429 || status >= 500;
  }
}
