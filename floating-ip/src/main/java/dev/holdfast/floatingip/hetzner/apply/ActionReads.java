package dev.holdfast.floatingip.hetzner.apply;

import dev.holdfast.floatingip.hetzner.ApiException;
import dev.holdfast.floatingip.hetzner.HetznerClient;
import dev.holdfast.floatingip.hetzner.Pacer;
import dev.holdfast.floatingip.hetzner.model.Action;
import dev.holdfast.floatingip.hetzner.model.ApiFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads actions for several moves with one call: who asks first waits a moment for others, and asks
 * for all of them.
 */
final class ActionReads {
  private static final Duration GATHER = Duration.ofMillis(50);

  private final HetznerClient client;
  private final Pacer pacer;
  private final Duration timeout;
  private final ReentrantLock lock = new ReentrantLock();
  private Batch gathering = new Batch();

  ActionReads(HetznerClient client, Pacer pacer, Duration timeout) {
    this.client = client;
    this.pacer = pacer;
    this.timeout = timeout;
  }

  /** Those who wait for the same call. */
  private static final class Batch {
    final TreeSet<Long> ids = new TreeSet<>();
    final CompletableFuture<Result> result = new CompletableFuture<>();
  }

  private sealed interface Result {
    record Read(Map<Long, Action> actions) implements Result {}

    record Failed(ApiFailure failure) implements Result {}
  }

  Optional<Action> read(long id) throws ApiException, InterruptedException {
    Batch mine;
    boolean first;
    lock.lock();
    try {
      mine = gathering;
      first = mine.ids.isEmpty();
      mine.ids.add(id);
    } finally {
      lock.unlock();
    }
    if (first) {
      ask(mine);
    }
    return switch (await(mine)) {
      case Result.Read(var actions) -> Optional.ofNullable(actions.get(id));
      case Result.Failed(var failure) -> throw new ApiException(failure);
    };
  }

  private void ask(Batch batch) throws InterruptedException {
    try {
      pacer.pause(GATHER);
      close(batch);
      var actions = new HashMap<Long, Action>();
      client.actions(batch.ids, timeout).forEach(action -> actions.put(action.id(), action));
      batch.result.complete(new Result.Read(actions));
    } catch (ApiException e) {
      batch.result.complete(new Result.Failed(e.failure()));
    } finally {
      close(batch);
      batch.result.complete(new Result.Failed(new ApiFailure.Unreachable("ended meanwhile")));
    }
  }

  /** Nobody joins it from now on, so that its ids can be read without the lock. */
  private void close(Batch batch) {
    lock.lock();
    try {
      if (gathering == batch) {
        gathering = new Batch();
      }
    } finally {
      lock.unlock();
    }
  }

  private Result await(Batch batch) throws InterruptedException {
    try {
      return batch.result.get(
          GATHER.plus(timeout).multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return new Result.Failed(new ApiFailure.NoAnswer("the actions were not read in time"));
    }
  }
}
