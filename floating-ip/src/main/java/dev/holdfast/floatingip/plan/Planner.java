package dev.holdfast.floatingip.plan;

import dev.holdfast.floatingip.plan.KeepReason.ForeignServer;
import dev.holdfast.floatingip.plan.KeepReason.HealthUnknown;
import dev.holdfast.floatingip.plan.KeepReason.InPlace;
import dev.holdfast.floatingip.plan.KeepReason.NoCandidateInZone;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Computes plans. Equal input gives an equal plan, whatever the order of the lists. */
public final class Planner {
  private final Observed observed;
  private final Candidacy candidacy;
  private final Candidates candidates;
  private final List<Untouched> untouched = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();

  private Planner(Observed observed, Candidacy candidacy) {
    this.observed = observed;
    this.candidacy = candidacy;
    this.candidates = new Candidates(candidacy.servers());
  }

  /** The plan after which the same observation, so changed, gives an empty plan. */
  public static Plan plan(Observed observed, PlannerPolicy policy) {
    var planner = new Planner(observed, Candidacy.of(observed.servers(), policy));
    var placeable = planner.placeable();
    planner.decide(
        switch (policy.strategy()) {
          case Canonical -> Canonical.place(placeable, planner.candidates);
          case MinimalMoves -> MinimalMoves.place(placeable, planner.candidates);
        });
    return new Plan(planner.steps, planner.untouched);
  }

  private List<FloatingIp> placeable() {
    var placeable = new ArrayList<FloatingIp>();
    for (var ip : observed.floatingIps()) {
      unplaceable(ip)
          .ifPresentOrElse(
              reason -> untouched.add(new Untouched(ip, reason)), () -> placeable.add(ip));
    }
    return placeable;
  }

  private Optional<KeepReason> unplaceable(FloatingIp ip) {
    var present = observed.server(ip.server());
    if (ip.server().isPresent() && present.isEmpty()) {
      return Optional.of(new ForeignServer(ip.server().getAsLong()));
    }
    if (candidacy.nobody().isPresent()) {
      return candidacy.nobody();
    }
    if (present.filter(candidacy.keepers()::contains).isPresent()) {
      return Optional.of(new HealthUnknown());
    }
    return candidates.near(ip).isEmpty()
        ? Optional.of(new NoCandidateInZone(ip.networkZone()))
        : Optional.empty();
  }

  private void decide(Map<FloatingIp, Server> wanted) {
    wanted.forEach((ip, to) -> {
      var from = observed.server(ip.server());
      if (from.isEmpty()) {
        steps.add(new Step.Assign(ip, to));
      } else if (from.get().equals(to)) {
        untouched.add(new Untouched(ip, new InPlace()));
      } else {
        steps.add(new Step.Move(ip, to, reason(ip, from.get(), to)));
      }
    });
  }

  private MoveReason reason(FloatingIp ip, Server from, Server to) {
    if (!candidacy.servers().contains(from)) {
      return from.health() == Health.Unknown
          ? MoveReason.ServerHealthUnknown
          : MoveReason.ServerUnhealthy;
    }
    if (candidates.withIndexOf(ip).anyMatch(to::equals)) {
      return MoveReason.Index;
    }
    return candidates.near(ip).contains(from) ? MoveReason.Spread : MoveReason.Location;
  }
}
