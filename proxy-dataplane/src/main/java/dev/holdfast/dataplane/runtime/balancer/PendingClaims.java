package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.dataplane.sticky.StickEvent;
import dev.holdfast.dataplane.sticky.table.StickKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Keys that clients wait for, until the log has said where they belong. Each is claimed again while
 * it has not. Confined to the decision loop.
 */
final class PendingClaims {
  /** A proposal is lost, or its leader. */
  private static final Duration LOST = Duration.ofSeconds(2);

  private static final Duration REFUSED = Duration.ofMillis(100);

  private static final class Pending {
    final List<KeyRouter.Request> requests = new ArrayList<>();
    Instant due;
    boolean fenced;

    Pending(Instant due) {
      this.due = due;
    }
  }

  private final Map<StickKey, Pending> pending = new LinkedHashMap<>();
  private final KeyRouter router;
  private final Predicate<StickKey> isFenced;
  private final Consumer<List<StickKey>> claim;

  /**
   * @param isFenced whether a claim of this key would be refused at the moment
   * @param claim proposes to claim these
   */
  PendingClaims(KeyRouter router, Predicate<StickKey> isFenced, Consumer<List<StickKey>> claim) {
    this.router = router;
    this.isFenced = isFenced;
    this.claim = claim;
  }

  void add(List<KeyRouter.Request> requests, Instant now) {
    var fresh = new ArrayList<StickKey>();
    for (var request : requests) {
      var known = pending.get(request.key());
      if (known == null) {
        known = new Pending(now.plus(LOST));
        pending.put(request.key(), known);
        fresh.add(request.key());
      }
      known.requests.add(request);
    }
    propose(fresh);
  }

  private void propose(List<StickKey> keys) {
    if (!keys.isEmpty()) {
      claim.accept(keys);
    }
  }

  /** A claim of these was applied, whoever made it. */
  void applied(List<StickKey> keys, List<StickEvent> events, Instant now) {
    if (pending.isEmpty()) {
      return;
    }
    var refused = new HashMap<StickKey, StickEvent.Refusal>();
    for (var event : events) {
      if (event instanceof StickEvent.Refused(var key, var refusal)) {
        refused.put(key, refusal);
      }
    }
    for (var key : keys) {
      var waiting = pending.get(key);
      var refusal = refused.get(key);
      if (waiting != null && refusal == StickEvent.Refusal.Fenced) {
        waiting.fenced = true;
        waiting.due = now;
      } else if (waiting != null) {
        pending.remove(key);
        answer(waiting, refusal == StickEvent.Refusal.Full);
      }
    }
  }

  private void answer(Pending waiting, boolean full) {
    waiting.requests.forEach(request -> router.answer(request, full));
  }

  /** Nobody has taken the proposal. */
  void failed(Collection<StickKey> keys, Instant now) {
    for (var key : keys) {
      var waiting = pending.get(key);
      if (waiting != null) {
        waiting.due = now.plus(REFUSED);
      }
    }
  }

  /** Claims again what is due, and forgets clients who have left. Called from time to time. */
  void goOn(Instant now) {
    var left = new HashSet<StickKey>();
    var due = new ArrayList<StickKey>();
    pending.forEach((key, waiting) -> {
      waiting.requests.removeIf(request -> !router.awaits(request));
      if (waiting.requests.isEmpty()) {
        left.add(key);
      } else if (!now.isBefore(waiting.due) && !(waiting.fenced && isFenced.test(key))) {
        waiting.fenced = false;
        waiting.due = now.plus(LOST);
        due.add(key);
      }
    });
    pending.keySet().removeAll(left);
    propose(due);
  }

  /** Lets all go on by what is known. */
  void release() {
    var all = List.copyOf(pending.values());
    pending.clear();
    all.forEach(waiting -> answer(waiting, false));
  }
}
