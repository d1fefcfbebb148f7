package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.dataplane.sticky.GroupState;
import dev.holdfast.dataplane.sticky.StickCommand;
import dev.holdfast.dataplane.sticky.StickEvent;
import dev.holdfast.dataplane.sticky.table.StickKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The keys that have connections here, or are just getting one. A key has one claim at a time: a
 * new one takes its place when the one before is revoked and its last connection closed. So no key
 * ever has connections to two groups. Safe for use by many threads, but for what says otherwise.
 */
final class LiveKeys {
  private final Map<StickKey, KeyClaim> claims = new ConcurrentHashMap<>();
  private final Queue<KeyClaim> changed = new ConcurrentLinkedQueue<>();

  /** Those that had no connection when they were looked at, and when; decision loop only. */
  private final ArrayDeque<Quiet> quiet = new ArrayDeque<>();

  private record Quiet(KeyClaim claim, Instant since) {}

  /** Null while connections of the key, to this group or another, are still being cut. */
  @Nullable KeyClaim join(StickKey key, int group) {
    var claim = claims.get(key);
    if (claim == null) {
      claim = claims.computeIfAbsent(key, _ -> fresh(key, group));
    }
    return claim.group() == group && !claim.revoked() ? claim : null;
  }

  /** What was joined and never opened is looked at, too. */
  private KeyClaim fresh(StickKey key, int group) {
    var claim = new KeyClaim(key, group, changed::add);
    claim.announce();
    return claim;
  }

  /**
   * Takes from keys what an event of the table says that they have no more.
   *
   * @return how many claims are revoked by it
   */
  int follow(StickEvent event) {
    return switch (event) {
      case StickEvent.Moved(var key, var from, var to) -> revoke(key, from) ? 1 : 0;
      case StickEvent.Gone(var key, var group, var end) -> revoke(key, group) ? 1 : 0;
      case StickEvent.GroupGone(var was) -> revokeAll(was.id());
      case StickEvent.GroupChanged(var before, var now) ->
          now.effective() == GroupState.Disabled ? revokeAll(now.id()) : 0;
      case StickEvent.Given _, StickEvent.Refused _ -> 0;
    };
  }

  /** Revokes what this key has, if that is with the group. */
  private boolean revoke(StickKey key, int group) {
    var claim = claims.get(key);
    if (claim == null || claim.group() != group || claim.revoked()) {
      return false;
    }
    claim.revoke();
    claim.announce();
    return true;
  }

  /**
   * Revokes what the keys of this group have.
   *
   * @return how many
   */
  private int revokeAll(int group) {
    int found = 0;
    for (var claim : claims.values()) {
      if (claim.group() == group && !claim.revoked()) {
        claim.revoke();
        claim.announce();
        found++;
      }
    }
    return found;
  }

  /**
   * Revokes what does not fit.
   *
   * @param fits whether a key may have connections to a group
   * @return how many
   */
  int revokeUnless(BiPredicate<StickKey, OptionalInt> fits) {
    int found = 0;
    for (var claim : claims.values()) {
      if (!claim.revoked() && !fits.test(claim.stickKey(), OptionalInt.of(claim.group()))) {
        claim.revoke();
        claim.announce();
        found++;
      }
    }
    return found;
  }

  /** Keys that have claims now. */
  int size() {
    return claims.size();
  }

  /** Whether anything changed since it was last drained. */
  boolean hasNews() {
    return !changed.isEmpty();
  }

  /**
   * What became of keys since the last time, and forgets those that have had no connection for a
   * while. Decision loop only.
   *
   * @param retain how long a claim without connections is kept: as long as a connect may take
   * @param most claims that are looked at
   * @return null when there is nothing to tell
   */
  StickCommand.@Nullable Activity drain(int holder, Instant now, Duration retain, int most) {
    var opened = new ArrayList<StickKey>();
    var closed = new ArrayList<StickKey>();
    for (int looks = 0; looks < most; looks++) {
      var claim = changed.poll();
      if (claim == null) {
        break;
      }
      if (claim.look() == 0) {
        settle(claim, now, closed);
      } else if (!claim.revoked()) {
        opened.add(claim.stickKey());
      }
    }
    forgetQuiet(now.minus(retain));
    return opened.isEmpty() && closed.isEmpty()
        ? null
        : new StickCommand.Activity(holder, opened, closed, closed);
  }

  private void settle(KeyClaim claim, Instant now, List<StickKey> closed) {
    if (claims.get(claim.stickKey()) == claim) {
      closed.add(claim.stickKey());
      if (claim.revoked()) {
        claims.remove(claim.stickKey(), claim);
      } else {
        quiet.add(new Quiet(claim, now));
      }
    }
  }

  private void forgetQuiet(Instant before) {
    while (!quiet.isEmpty() && quiet.element().since().isBefore(before)) {
      var claim = quiet.remove().claim();
      if (claim.retire()) {
        claims.remove(claim.stickKey(), claim);
      }
    }
  }
}
