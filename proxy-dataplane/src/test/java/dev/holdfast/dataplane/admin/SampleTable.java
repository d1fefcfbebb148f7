package dev.holdfast.dataplane.admin;

import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.dataplane.sticky.GroupState;
import dev.holdfast.dataplane.sticky.table.StickKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A table of 120 keys, every other one of group 2; remembers which states were wanted. */
final class SampleTable implements StickControl {
  static final int SIZE = 120;

  final List<String> wanted = new CopyOnWriteArrayList<>();
  private final NavigableMap<Integer, Entry> entries = new ConcurrentSkipListMap<>();

  SampleTable() {
    var seen = Instant.parse("2026-01-02T03:04:05Z");
    IntStream.range(0, SIZE)
        .mapToObj(i -> new Entry("10.0.0." + i, i % 2 + 1, seen, i < 2, i < 2 ? null : seen))
        .forEach(entry -> entries.put(entries.size(), entry));
  }

  @Override
  public CompletionStage<Optional<StickyBalancerReport.Group>> change(
      int group, @Nullable GroupState state) {
    wanted.add(group + " " + state);
    return CompletableFuture.completedStage(
        Optional.of(UiSamples.balancer().groups().get(group - 1)));
  }

  @Override
  public CompletionStage<Optional<StickyBalancerReport.Group>> report(
      int group, GroupState state, Duration holds, String why) {
    throw new UnsupportedOperationException("the page reports nothing");
  }

  @Override
  public CompletionStage<Part> entry(StickKey key) {
    return CompletableFuture.completedStage(
        new Part(
            entries.values().stream().filter(entry -> entry.key().equals(key.toString())).toList(),
            null));
  }

  /** Looks at a bounded number of entries, whatever their group is. */
  @Override
  public CompletionStage<Part> entries(@Nullable Integer group, int after, int most) {
    var part =
        entries.subMap(after, after + most).values().stream()
            .filter(entry -> group == null || group == entry.group())
            .toList();
    var next = after + most;
    return CompletableFuture.completedStage(new Part(part, next < SIZE ? next : null));
  }

  @Override
  public CompletionStage<Boolean> remove(StickKey key) {
    return CompletableFuture.completedStage(
        entries.values().removeIf(entry -> entry.key().equals(key.toString())));
  }
}
