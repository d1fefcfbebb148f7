package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.dataplane.admin.StickControl;
import dev.holdfast.dataplane.sticky.GroupStanding.SelfReport;
import dev.holdfast.dataplane.sticky.GroupState;
import dev.holdfast.dataplane.sticky.StickCommand;
import dev.holdfast.dataplane.sticky.table.StickEntry;
import dev.holdfast.dataplane.sticky.table.StickKey;
import dev.holdfast.dataplane.sticky.table.TablePage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Takes what people and servers ask of a balancer to where it is decided. */
public record BalancerControl(BalancerService service) implements StickControl {
  /** A scan's share of the decision loop: about a millisecond. */
  private static final int LOOKS = 50_000;

  @Override
  public CompletionStage<Optional<StickyBalancerReport.Group>> change(
      int group, @Nullable GroupState state) {
    return apply(group, new StickCommand.Change(group, state));
  }

  @Override
  public CompletionStage<Optional<StickyBalancerReport.Group>> report(
      int group, GroupState state, Duration holds, String why) {
    return service
        .ask(decider -> {
          var until = decider.standing().clock().seconds(service.now().plus(holds));
          return new SelfReport(state, until, why);
        })
        .thenCompose(
            report -> apply(group, new StickCommand.Report(group, holds.isZero() ? null : report)));
  }

  private CompletionStage<Optional<StickyBalancerReport.Group>> apply(
      int group, StickCommand.Wish wish) {
    return service
        .wish(wish)
        .thenApply(
            _ -> service.status().groups().stream().filter(one -> one.id() == group).findFirst());
  }

  /** A key of an address outside the prefix is that of its network. */
  private StickKey within(StickKey key) {
    var stickiness = service.config().stickiness();
    return key.within(stickiness.ipv4Prefix(), stickiness.ipv6Prefix());
  }

  @Override
  public CompletionStage<Part> entry(StickKey key) {
    return service.ask(decider -> {
      var found = decider.read(table -> table.entry(within(key)));
      return new Part(
          found.map(entry -> told(entry, decider)).map(List::of).orElse(List.of()), null);
    });
  }

  @Override
  public CompletionStage<Part> entries(@Nullable Integer group, int after, int most) {
    return service.ask(decider -> {
      var page =
          decider.read(table ->
              table.page(after, most, LOOKS, entry -> group == null || entry.group() == group));
      return new Part(
          page.entries().stream().map(entry -> told(entry, decider)).toList(),
          page.next() == TablePage.LAST ? null : page.next());
    });
  }

  private static Entry told(StickEntry entry, StickDecider decider) {
    var standing = decider.standing();
    var seen = standing.clock().instant(entry.touched());
    return new Entry(
        entry.key().toString(),
        entry.group(),
        seen,
        entry.held(),
        entry.held() ? null : seen.plusSeconds(standing.expireAfter()));
  }

  @Override
  public CompletionStage<Boolean> remove(StickKey key) {
    return service.wish(new StickCommand.Remove(within(key)));
  }
}
