package dev.holdfast.floatingip.loop;

import dev.holdfast.floatingip.hetzner.model.FloatingIp;
import dev.holdfast.floatingip.loop.GroupStatus.CheckStatus;
import dev.holdfast.floatingip.loop.GroupStatus.FloatingIpState;
import dev.holdfast.floatingip.loop.GroupStatus.LastApplied;
import dev.holdfast.floatingip.loop.GroupStatus.Placement;
import dev.holdfast.floatingip.loop.GroupStatus.PlanState;
import dev.holdfast.floatingip.loop.GroupStatus.PlanStep;
import dev.holdfast.floatingip.loop.GroupStatus.ServerState;
import dev.holdfast.floatingip.plan.Health;
import dev.holdfast.floatingip.plan.Step;
import dev.holdfast.floatingip.plan.Untouched;
import dev.holdfast.health.CheckState;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Says what a state means. */
final class StatusReport {
  private final GroupState state;
  private final GroupPolicy policy;
  private final Instant now;
  private final Map<Long, Untouched> untouched = new HashMap<>();
  private final Map<Long, Step> steps = new HashMap<>();
  private final Map<Long, HoldReason> held = new HashMap<>();

  StatusReport(GroupState state, GroupPolicy policy, Instant now) {
    this.state = state;
    this.policy = policy;
    this.now = now;
    var latest = state.planned().latest();
    if (latest != null) {
      latest.untouched().forEach(kept -> untouched.put(kept.floatingIp().id(), kept));
    }
    var current = state.planned().current();
    if (current != null) {
      current.plan().steps().forEach(step -> steps.put(step.floatingIp().id(), step));
    }
    state.planned().held().forEach(one -> held.put(one.move().floatingIp(), one.reason()));
  }

  GroupStatus status() {
    var ips = state.members().ipList().stream().map(this::floatingIp).toList();
    return new GroupStatus(
        state.leads(),
        new Conditions(state, policy, now, ips).all(),
        state.members().servers().values().stream().map(StatusReport::server).toList(),
        ips,
        Optional.ofNullable(state.planned().current()).map(this::plan),
        Optional.ofNullable(state.planned().lastApplied())
            .map(last -> new LastApplied(last.id(), last.at(), last.moved(), last.failed())),
        Optional.ofNullable(state.reading().rateLimit()),
        Optional.ofNullable(state.reading().readAt()));
  }

  private static ServerState server(Member member) {
    var server = member.server();
    var checks =
        new TreeMap<>(member.checks().checks())
            .entrySet().stream()
                .map(entry -> check(entry.getKey(), entry.getValue(), member))
                .toList();
    return new ServerState(
        server.id(),
        server.name(),
        server.location().name(),
        server.index(),
        member.health(),
        checks);
  }

  private static CheckStatus check(String id, CheckState state, Member member) {
    var family = id.lastIndexOf(CheckId.SEPARATOR);
    return new CheckStatus(
        family < 0 ? id : id.substring(0, family),
        family < 0 ? "" : id.substring(family + CheckId.SEPARATOR.length()),
        Health.valueOf(state.health().name()),
        member.since().getOrDefault(id, member.healthSince()));
  }

  private FloatingIpState floatingIp(FloatingIp ip) {
    var moving = state.moves().underWay().get(ip.id());
    if (moving != null) {
      return shown(ip, moving.move().to(), Placement.Moving, "Moving", "the move is under way");
    }
    var step = steps.get(ip.id());
    var progress = state.planned().current();
    var is = progress == null ? null : progress.of(ip.id()).orElse(null);
    if (step != null && is != null && is.state() != StepState.Done) {
      return planned(ip, step, is);
    }
    var kept = untouched.get(ip.id());
    if (kept == null) {
      return shown(ip, ip.server(), Placement.Pending, "NotPlanned", "it is to be read first");
    }
    var reason = kept.reason();
    var inPlace = reason.name().equals("InPlace");
    return shown(
        ip,
        inPlace ? ip.server() : null,
        inPlace ? Placement.InPlace : Placement.LeftAlone,
        reason.name(),
        reason.sentence());
  }

  private FloatingIpState planned(FloatingIp ip, Step step, PlanProgress.Progress is) {
    var hold = held.get(ip.id());
    if (is.state() == StepState.Failed) {
      return shown(ip, step.to().id(), Placement.Failed, is.reason(), "it is tried again later");
    }
    return shown(
        ip,
        step.to().id(),
        Placement.Pending,
        hold == null ? step.reason().name() : hold.name(),
        step.reason().sentence());
  }

  private FloatingIpState shown(
      FloatingIp ip, @Nullable Long wanted, Placement placement, String reason, String message) {
    return new FloatingIpState(
        ip.id(),
        ip.name(),
        ip.address(),
        ip.home().name(),
        ip.index(),
        name(ip.server()),
        name(wanted),
        placement,
        reason,
        message);
  }

  private Optional<String> name(@Nullable Long server) {
    return Optional.ofNullable(server).map(state.members()::serverName);
  }

  private PlanState plan(PlanProgress progress) {
    return new PlanState(
        progress.id(),
        progress.sequence(),
        progress.computedAt(),
        progress.plan().steps().stream().map(step -> step(step, progress)).toList());
  }

  private PlanStep step(Step step, PlanProgress progress) {
    var from = step.from().isPresent() ? Long.valueOf(step.from().getAsLong()) : null;
    return new PlanStep(
        step.floatingIp().name(),
        name(from),
        step.to().name(),
        step.reason().name(),
        progress
            .of(step.floatingIp().id())
            .map(PlanProgress.Progress::state)
            .orElse(StepState.Pending));
  }

  /** For lists of names in conditions: the first few. */
  static String some(List<String> names) {
    var few = names.stream().limit(5).toList();
    return String.join(", ", few) + (names.size() > few.size() ? ", ..." : "");
  }
}
