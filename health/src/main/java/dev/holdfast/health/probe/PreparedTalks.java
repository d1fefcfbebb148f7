package dev.holdfast.health.probe;

import dev.holdfast.health.probe.ProbeResult.Failure;
import dev.holdfast.health.probe.ProbeResult.Kind;
import dev.holdfast.health.process.Shortage;
import dev.holdfast.health.reference.MissingReference;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Conversations for which something must be read first, such as secrets. */
final class PreparedTalks {

  /** May block. */
  interface Preparation {
    Conversation prepare() throws MissingReference;
  }

  private final Network network;
  private final Executor readers = task -> Thread.ofVirtual().name("holdfast-refs").start(task);

  PreparedTalks(Network network) {
    this.network = network;
  }

  /** One conversation, whose end is the result. */
  Probe probe(Address address, Preparation preparation) {
    return timeout -> {
      var result = within(timeout);
      begin(address, timeout, preparation, result, result::complete);
      return result;
    };
  }

  /** A result that is a failure when there is none in time. */
  static CompletableFuture<ProbeResult> within(Duration timeout) {
    return new CompletableFuture<ProbeResult>()
        .completeOnTimeout(Timeouts.failure(timeout), timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * @param result ends the conversation when it is there
   * @param end told how it ended, unless it could not begin: that is the result then
   */
  void begin(
      Address address,
      Duration timeout,
      Preparation preparation,
      CompletableFuture<ProbeResult> result,
      Consumer<ProbeResult> end) {
    readers.execute(() -> {
      try {
        var talk = network.talk(address, timeout, preparation.prepare());
        var _ = talk.thenAccept(end);
        var _ = result.whenComplete((ended, cancelled) -> talk.cancel(false));
      } catch (MissingReference e) {
        var kind = Shortage.causes(e) ? Kind.NotAsked : Kind.Other;
        result.complete(new Failure(kind, String.valueOf(e.getMessage())));
      } catch (RuntimeException e) {
        result.completeExceptionally(e);
      }
    });
  }
}
