package dev.holdfast.dataplane.admin;

import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.dataplane.sticky.GroupState;
import dev.holdfast.dataplane.sticky.table.StickKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What may be asked of one StickyBalancer. Nothing here blocks. What other replicas have to agree
 * to fails with {@link dev.holdfast.dataplane.admin.http.Unavailable} when they do not in time.
 */
public interface StickControl {

  /** Finds the one that runs here. */
  @FunctionalInterface
  interface Directory {
    Optional<? extends StickControl> find(String namespace, String name);
  }

  /**
   * Gives a group another state.
   *
   * @param state null for what the configuration says
   * @return how the group is then; empty when there is no such group
   */
  CompletionStage<Optional<StickyBalancerReport.Group>> change(
      int group, @Nullable GroupState state);

  /**
   * Tells how a server of the group says that it is.
   *
   * @param holds how long that is to count; zero: it is well
   * @param why for people
   * @return how the group is then; empty when there is no such group
   */
  CompletionStage<Optional<StickyBalancerReport.Group>> report(
      int group, GroupState state, Duration holds, String why);

  /**
   * @param ends when it will be forgotten, should its client not come again; null while it has
   *     connections
   */
  record Entry(
      String key, int group, Instant lastSeen, boolean connected, @Nullable Instant ends) {}

  /**
   * @param next where the next part begins; null when there is none
   */
  record Part(List<Entry> entries, @Nullable Integer next) {
    public Part {
      entries = List.copyOf(entries);
    }
  }

  /** One entry at most. */
  CompletionStage<Part> entry(StickKey key);

  /**
   * A part of the table, in no order.
   *
   * @param group null for all
   * @param after 0, or what the part before gave
   * @param most entries; there may be fewer, and a next part all the same
   */
  CompletionStage<Part> entries(@Nullable Integer group, int after, int most);

  /**
   * Forgets a key, and cuts its connections.
   *
   * @return whether it was known
   */
  CompletionStage<Boolean> remove(StickKey key);
}
