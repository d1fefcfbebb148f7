package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement;
import dev.holdfast.dataplane.agreement.stick.LedgerHead;
import dev.holdfast.dataplane.runtime.replica.AgreementLog;
import dev.holdfast.dataplane.runtime.replica.MemberReport;
import dev.holdfast.dataplane.sticky.GroupStanding;
import dev.holdfast.dataplane.sticky.Stickiness;
import dev.holdfast.health.probe.DecisionLoop;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a replica tells of the table that it shares, and when. Confined to the decision loop. */
final class TableNews {

  /**
   * @param stickiness that counts while the table has no configuration
   * @param member null while this replica takes no part
   * @param joining what is told of agreement then
   */
  record Sight(
      LedgerHead head,
      Stickiness stickiness,
      @Nullable AgreedStickMember member,
      Agreement joining) {

    /** Until this replica has caught up what it reads in its log may be long over. */
    private Collection<GroupStanding> groups() {
      return member != null && member.state().renewals().contact() == null
          ? List.of()
          : head.groups();
    }

    private int expireAfter() {
      var governed = head.configuration();
      return governed == null ? (int) stickiness.expireAfter().toSeconds() : governed.expireAfter();
    }

    private Map<Integer, String> votes() {
      return member == null
          ? Map.of()
          : StickVotes.of(member.state(), member.policy(), AgreedStickMember.now());
    }

    private Agreement agreement() {
      if (member == null) {
        return joining;
      }
      var readiness = member.readiness();
      return MemberReport.of(
          member.place(),
          MemberReport.state(readiness),
          member.state().head().members(),
          0,
          AgreementLog.why(readiness));
    }

    private StickStanding standing(StickStanding.Clock clock) {
      return new StickStanding(groups(), expireAfter(), clock, votes(), agreement());
    }
  }

  private final DecisionLoop loop;
  private final Supplier<Sight> sight;
  private final Runnable publish;
  private StickStanding.Clock clock;
  private StickStanding told;

  TableNews(DecisionLoop loop, Supplier<Sight> sight, Runnable publish) {
    this.loop = loop;
    this.sight = sight;
    this.publish = publish;
    clock = new StickStanding.Clock(0, loop.now());
    told = standing();
  }

  void tellIfChanged() {
    var seen = sight.get();
    clock = clock.follow(seen.head().now(), loop.now());
    var now = seen.standing(clock);
    if (!now.equals(told)) {
      told = now;
      publish.run();
    }
  }

  StickStanding standing() {
    return sight.get().standing(clock);
  }
}
