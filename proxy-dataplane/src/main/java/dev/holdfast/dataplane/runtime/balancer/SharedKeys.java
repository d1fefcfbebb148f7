package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.stick.LedgerHead;
import dev.holdfast.dataplane.agreement.stick.TableCommand;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEvent;
import dev.holdfast.dataplane.config.BalancerConfig;
import dev.holdfast.dataplane.sticky.StickCommand;
import dev.holdfast.dataplane.sticky.StickEvent;
import dev.holdfast.dataplane.sticky.table.StickKey;
import dev.holdfast.dataplane.sticky.table.StickTable;
import dev.holdfast.health.probe.DecisionLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What this replica's clients need of the table that it shares, and what it tells of them: new keys
 * are claimed, those that are given up are cut, and connections are told of. Confined to the
 * decision loop, but for what says otherwise.
 */
final class SharedKeys implements TableFeed.Listener {
  private static final Duration TICK = Duration.ofMillis(50);
  private static final Duration LOOKED_AT = Duration.ofMillis(200);

  /** A connection that is shorter is told of once, when it is over. */
  private static final Duration HEARD = Duration.ofSeconds(1);

  private static final int BATCH = 10_000;

  /** This process, before the table has a number for it. */
  private static final int SELF = 0;

  private final DecisionLoop loop;
  private final RoutedKeys routed;
  private final AgreedStickMember member;
  private final StickMetrics metrics;
  private final StickLog log;
  private final TableFeed feed;
  private final PendingClaims claims;
  private final HolderLane lane;
  private BalancerConfig config;
  private LedgerHead head;
  private Instant hearAt = Instant.MIN;
  private Instant lookAt = Instant.MIN;
  private boolean over;

  /**
   * @param secret drawn anew by each process
   */
  SharedKeys(
      DecisionLoop loop,
      RoutedKeys routed,
      AgreedStickMember member,
      BalancerConfig config,
      StickMetrics metrics,
      long secret) {
    this.loop = loop;
    this.routed = routed;
    this.member = member;
    this.config = config;
    this.metrics = metrics;
    log = new StickLog(config.key().toString());
    feed = new TableFeed(routed, secret, this);
    head = feed.head();
    claims = new PendingClaims(routed.router(), feed::isFenced, this::claim);
    lane =
        new HolderLane(
            member.self(), member.policy().terms().renewEvery(), member::propose, this::activity);
  }

  void begin() {
    member.place().log().onApply(feed);
    tick();
  }

  void configure(BalancerConfig next) {
    config = next;
  }

  /** Clients ask for keys. */
  void take() {
    claims.add(routed.router().take(BATCH), loop.now());
  }

  private void claim(List<StickKey> keys) {
    var most = KeyBatch.most(config.stickiness());
    for (int from = 0; from < keys.size(); from += most) {
      var part = List.copyOf(keys.subList(from, Math.min(keys.size(), from + most)));
      member
          .propose(new TableCommand.Claim(part))
          .whenComplete((_, failure) -> {
            if (failure != null) {
              loop.execute(() -> claims.failed(part, loop.now()));
            }
          });
    }
  }

  CompletionStage<Boolean> wish(StickCommand.Wish wish) {
    return lane.ask(wish, loop.now());
  }

  <T> T read(Function<StickTable, T> question) {
    return feed.read(question);
  }

  LedgerHead head() {
    return head;
  }

  private void tick() {
    if (over) {
      return;
    }
    var now = loop.now();
    claims.goOn(now);
    if (head.leaseOf(member.self()) != null) {
      lane.goOn(now);
    }
    if (!now.isBefore(lookAt)) {
      lookAt = now.plus(LOOKED_AT);
      routed.router().wereCut();
      feed.show(metrics);
    }
    loop.after(TICK, this::tick);
  }

  private StickCommand.@Nullable Activity activity() {
    var now = loop.now();
    if (now.isBefore(hearAt)) {
      return null;
    }
    var most = KeyBatch.most(config.stickiness());
    var activity = routed.live().drain(SELF, now, config.connectTimeout(), most);
    hearAt = routed.live().hasNews() ? now : now.plus(HEARD);
    return activity;
  }

  @Override
  public void applied(
      long index, TableCommand command, List<StickEvent> events, LedgerHead now, int revoked) {
    events.forEach(metrics::happened);
    events.forEach(log::happened);
    then(() -> {
      moved(index, now, revoked);
      switch (command) {
        case TableCommand.Claim(var keys) -> claims.applied(keys, events, loop.now());
        case TableCommand.Hear hear when hear.serial() == lane.awaited() -> heard(false);
        case TableCommand.Ask ask when ask.serial() == lane.awaited() -> heard(!events.isEmpty());
        case TableCommand _ -> {}
      }
    });
  }

  @Override
  public void installed(long index, LedgerHead now, int revoked) {
    then(() -> {
      moved(index, now, revoked);
      heard(true);
      claims.release();
    });
  }

  /** What another process said under the same serial has no effect on this one's. */
  private void heard(boolean changed) {
    var serial = lane.awaited();
    if (serial > 0 && feed.hasHeard(member.self(), serial)) {
      lane.heard(changed, loop.now());
    }
  }

  private void moved(long index, LedgerHead now, int revoked) {
    if (revoked > 0) {
      routed.cutter().cut(revoked, () -> cut(index));
    }
    if (revoked > 0 || !now.equals(head)) {
      head = now;
      member.step(new StickMemberEvent.Applied(index, now, revoked > 0));
    }
  }

  private void cut(long index) {
    member.step(new StickMemberEvent.Cut(index));
    routed.router().wereCut();
  }

  @Override
  public void leads(boolean leading) {
    then(() -> member.step(new StickMemberEvent.Leads(leading)));
  }

  @Override
  public void membersChanged(Set<MemberId> members) {
    then(() -> member.step(new StickMemberEvent.MembersChanged(members)));
  }

  private void then(Runnable step) {
    loop.execute(() -> {
      if (!over) {
        step.run();
      }
    });
  }

  void close() {
    over = true;
    lane.close();
    claims.release();
  }
}
