package dev.holdfast.operator.dataplane;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A response body that is taken piece by piece, each with a deadline. The next piece is asked for
 * only when the last one has been taken, so a fast sender is held back instead of buffered.
 */
final class PulledBody implements BodySubscriber<PulledBody>, AutoCloseable {

  private sealed interface Signal {
    record Piece(List<ByteBuffer> bytes) implements Signal {}

    record End(@Nullable Throwable cause) implements Signal {}
  }

  /** One piece was asked for and the end can follow it; both fit. */
  private final BlockingQueue<Signal> signals = new ArrayBlockingQueue<>(2);

  private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

  /**
   * The next bytes.
   *
   * @throws IOException when the body ended, failed, or nothing came in time
   */
  List<ByteBuffer> next(Duration deadline) throws IOException, InterruptedException {
    subscription.join().request(1);
    return switch (signals.poll(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
      case Signal.Piece piece -> piece.bytes();
      case Signal.End end when end.cause() == null -> throw new IOException("the stream ended");
      case Signal.End end -> throw new IOException("the stream broke", end.cause());
      case null -> throw new IOException("nothing was heard for " + deadline.toSeconds() + " s");
    };
  }

  @Override
  public CompletionStage<PulledBody> getBody() {
    return subscription.thenApply(ignored -> this);
  }

  @Override
  public void onSubscribe(Flow.Subscription next) {
    if (!subscription.complete(next)) {
      next.cancel();
    }
  }

  @Override
  public void onNext(List<ByteBuffer> bytes) {
    signals.add(new Signal.Piece(bytes));
  }

  @Override
  public void onError(Throwable cause) {
    subscription.completeExceptionally(cause);
    signals.add(new Signal.End(cause));
  }

  @Override
  public void onComplete() {
    signals.add(new Signal.End(null));
  }

  @Override
  public void close() {
    subscription.thenAccept(Flow.Subscription::cancel);
  }
}
