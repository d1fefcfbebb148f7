package dev.holdfast.cli.run;

import dev.holdfast.api.dataplane.FloatingIpGroupReport;
import dev.holdfast.api.dataplane.FloatingIpGroupReport.Condition;
import dev.holdfast.dataplane.status.LiveStatusBoard;
import dev.holdfast.floatingip.group.GroupListener;
import dev.holdfast.floatingip.hetzner.assign.Outcome;
import dev.holdfast.floatingip.loop.GroupNotice;
import dev.holdfast.floatingip.loop.GroupPolicy;
import dev.holdfast.floatingip.loop.GroupState;
import dev.holdfast.floatingip.loop.GroupStatus;
import dev.holdfast.floatingip.resource.StatusForm;
import dev.holdfast.manifest.Manifest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Puts what one group says of itself on a board, as long as the group is there. */
final class GroupReporter implements GroupListener {
  private final Manifest manifest;
  private final String instance;
  private final LiveStatusBoard<FloatingIpGroupReport> board;
  private final InstantSource clock;
  private List<Condition> conditions = List.of();
  private boolean ended;

  GroupReporter(
      Manifest manifest,
      String instance,
      LiveStatusBoard<FloatingIpGroupReport> board,
      InstantSource clock) {
    this.manifest = manifest;
    this.instance = instance;
    this.board = board;
    this.clock = clock;
  }

  /** Nothing is known of it yet. */
  void begins(GroupPolicy policy) {
    var now = clock.instant();
    changed(GroupStatus.of(GroupState.initial(now), policy, now));
  }

  @Override
  public void noticed(GroupNotice notice, Instant at) {
    // the group's log has it
  }

  @Override
  public void moveEnded(Outcome outcome) {
    // the status tells where the IP is
  }

  @Override
  public synchronized void changed(GroupStatus status) {
    if (!ended) {
      var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
      conditions = status.conditions().stream().map(one -> condition(one, now)).toList();
      board.publish(report(status));
    }
  }

  private FloatingIpGroupReport report(GroupStatus status) {
    var form = StatusForm.of(status);
    return new FloatingIpGroupReport(
        manifest.kind(),
        manifest.namespace(),
        manifest.name(),
        instance,
        conditions,
        form.servers(),
        form.floatingIps(),
        form.plan(),
        form.lastApplied(),
        form.rateLimit(),
        status.ips(),
        status.inPlace(),
        status.pendingMoves());
  }

  /** Its time moves only when the answer does. */
  private Condition condition(GroupStatus.Condition said, Instant now) {
    var type = said.type().name();
    var answer = said.status().name();
    var since =
        conditions.stream()
            .filter(before -> before.type().equals(type) && before.status().equals(answer))
            .map(Condition::since)
            .findFirst()
            .orElse(now);
    return new Condition(type, answer, said.reason(), said.message(), since);
  }

  /** From now on the group is not on the board. */
  synchronized void end() {
    ended = true;
    board.remove(manifest.kind(), manifest.namespace(), manifest.name());
  }
}
