package dev.holdfast.dataplane.sticky;

import dev.holdfast.dataplane.sticky.GroupStanding.FailingCheck;
import dev.holdfast.dataplane.sticky.GroupStanding.SelfReport;
import dev.holdfast.dataplane.sticky.table.StickKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is done to a machine. The same commands in the same order make the same machine. */
public sealed interface StickCommand {

  /** What somebody asks for while it runs: a person, or a server. */
  sealed interface Wish extends StickCommand {}

  /**
   * Goes by another configuration. Keys of a group that is in it no more are taken out, some at
   * once and the others as time goes on.
   *
   * @param expireAfter in seconds
   */
  record Govern(List<GroupPolicy> groups, Balance balance, int expireAfter, int maxEntries)
      implements StickCommand {

    public Govern {
      groups = List.copyOf(groups);
    }

    public static Govern of(List<GroupPolicy> groups, Balance balance, Stickiness stickiness) {
      var seconds = Math.clamp(stickiness.expireAfter().toSeconds(), 1, Integer.MAX_VALUE / 2);
      return new Govern(groups, balance, seconds, stickiness.maxEntries());
    }
  }

  /** Finds each key a group if it has none that serves it. */
  record Claim(List<StickKey> keys) implements StickCommand {
    public Claim {
      keys = List.copyOf(keys);
    }
  }

  /**
   * What became of keys at this holder.
   *
   * @param opened it has connections of these from now on
   * @param closed it has none of these any more
   * @param touched these were heard of, and have no connection by now
   */
  record Activity(int holder, List<StickKey> opened, List<StickKey> closed, List<StickKey> touched)
      implements StickCommand {

    public Activity {
      opened = List.copyOf(opened);
      closed = List.copyOf(closed);
      touched = List.copyOf(touched);
    }
  }

  /** This holder is gone with all connections it had. */
  record Forget(int holder) implements StickCommand {}

  /** Each key counts as heard of now: nobody knows what was meanwhile. */
  record Refresh() implements StickCommand {}

  /**
   * Time goes on; what is over by then is taken out, some at a time.
   *
   * @param now in the table's seconds; one that is earlier than the present is ignored
   */
  record Advance(int now) implements StickCommand {}

  record Remove(StickKey key) implements Wish {}

  /**
   * Somebody gives a group another state.
   *
   * @param state null for what the configuration says
   */
  record Change(int group, @Nullable GroupState state) implements Wish {}

  /**
   * A server of the group says how it is.
   *
   * @param report null when it is well
   */
  record Report(int group, @Nullable SelfReport report) implements Wish {}

  /** The group's checks that fail are these. */
  record Judge(int group, List<FailingCheck> failing) implements StickCommand {
    public Judge {
      failing = List.copyOf(failing);
    }
  }
}
