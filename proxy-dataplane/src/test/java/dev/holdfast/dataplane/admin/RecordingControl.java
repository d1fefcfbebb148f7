package dev.holdfast.dataplane.admin;

import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.dataplane.admin.http.Unavailable;
import dev.holdfast.dataplane.status.Statuses;
import dev.holdfast.dataplane.sticky.GroupState;
import dev.holdfast.dataplane.sticky.table.StickKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A balancer with the group 1 and the key 10.0.0.9; remembers what it was asked. */
final class RecordingControl implements StickControl {
  static final String KEY = "10.0.0.9";

  final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  /** Whether what needs other replicas finds none. */
  volatile boolean cutOff;

  private CompletionStage<Optional<StickyBalancerReport.Group>> group(int group, String question) {
    asked.add(question);
    return cutOff
        ? unavailable()
        : CompletableFuture.completedStage(
            group == 1
                ? Optional.of(Statuses.balancer("shop", "db").groups().getFirst())
                : Optional.empty());
  }

  private static <T> CompletionStage<T> unavailable() {
    return CompletableFuture.failedStage(new Unavailable("ask another one"));
  }

  @Override
  public CompletionStage<Optional<StickyBalancerReport.Group>> change(
      int group, @Nullable GroupState state) {
    return group(group, "change %d %s".formatted(group, state));
  }

  @Override
  public CompletionStage<Optional<StickyBalancerReport.Group>> report(
      int group, GroupState state, Duration holds, String why) {
    return group(group, "report %d %s %s %s".formatted(group, state, holds, why));
  }

  @Override
  public CompletionStage<Part> entry(StickKey key) {
    asked.add("entry " + key);
    var seen = Instant.parse("2026-01-02T03:04:05Z");
    var entries =
        key.toString().equals(KEY)
            ? List.of(new Entry(KEY, 1, seen, false, seen.plusSeconds(60)))
            : List.<Entry>of();
    return CompletableFuture.completedStage(new Part(entries, null));
  }

  @Override
  public CompletionStage<Part> entries(@Nullable Integer group, int after, int most) {
    asked.add("entries %s %d %d".formatted(group, after, most));
    var seen = Instant.parse("2026-01-02T03:04:05Z");
    return CompletableFuture.completedStage(
        new Part(List.of(new Entry(KEY, 1, seen, true, null)), after + most));
  }

  @Override
  public CompletionStage<Boolean> remove(StickKey key) {
    asked.add("remove " + key);
    return cutOff ? unavailable() : CompletableFuture.completedStage(key.toString().equals(KEY));
  }
}
