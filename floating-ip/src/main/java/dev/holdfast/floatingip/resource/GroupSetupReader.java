package dev.holdfast.floatingip.resource;

import static dev.holdfast.api.GatewayDuration.parse;

import dev.holdfast.api.v1alpha1.FloatingIpApply;
import dev.holdfast.api.v1alpha1.FloatingIpGroupSpec;
import dev.holdfast.api.v1alpha1.FloatingIpGroupSpec.Heartbeat;
import dev.holdfast.api.v1alpha1.FloatingIpGroupSpec.Notification;
import dev.holdfast.api.v1alpha1.FloatingIpPlanner;
import dev.holdfast.api.v1alpha1.SecretKeyRef;
import dev.holdfast.floatingip.group.GroupConfig;
import dev.holdfast.floatingip.heartbeat.HeartbeatSettings;
import dev.holdfast.floatingip.hetzner.ApiSettings;
import dev.holdfast.floatingip.hetzner.ApiToken;
import dev.holdfast.floatingip.hetzner.assign.AssignmentPolicy;
import dev.holdfast.floatingip.hetzner.model.CallBudget;
import dev.holdfast.floatingip.loop.ApplyPolicy;
import dev.holdfast.floatingip.loop.GroupPolicy;
import dev.holdfast.floatingip.notify.Service;
import dev.holdfast.floatingip.notify.Target;
import dev.holdfast.floatingip.plan.PlannerPolicy;
import dev.holdfast.floatingip.plan.Rebalance;
import dev.holdfast.floatingip.plan.Strategy;
import dev.holdfast.floatingip.plan.WhenAllUnhealthy;
import dev.holdfast.floatingip.web.SecretUrl;
import dev.holdfast.health.reference.MissingReference;
import dev.holdfast.health.reference.Reference;
import dev.holdfast.health.reference.References;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes a setup of what a resource says and of the secrets that it names. */
public final class GroupSetupReader {
  /** Without a good poll for so many intervals the loop makes no progress. */
  private static final int PATIENCE = 5;

  private static final int MAX_WRITES = AssignmentPolicy.defaults().maxWrites();

  private final GroupIntent intent;
  private final FloatingIpGroupSpec spec;
  private final References references;

  private GroupSetupReader(GroupIntent intent, References references) {
    this.intent = intent;
    this.spec = intent.spec();
    this.references = references;
  }

  /**
   * May block on the references.
   *
   * @throws MissingReference when a secret is not there, or cannot be what it is used for
   * @throws IllegalArgumentException when the spec asks for what cannot be done
   */
  public static GroupSetup read(GroupIntent intent, References references) throws MissingReference {
    return new GroupSetupReader(intent, references).setup();
  }

  private GroupSetup setup() throws MissingReference {
    var group = group();
    var heartbeat = spec.heartbeat();
    var targets = new ArrayList<Target>();
    for (var notification : spec.notifications()) {
      targets.add(target(notification));
    }
    return new GroupSetup(
        group, heartbeat == null ? Optional.empty() : Optional.of(heartbeat(heartbeat)), targets);
  }

  private GroupConfig group() throws MissingReference {
    var hetzner = spec.provider().hetzner();
    return new GroupConfig(
        intent.name(),
        ApiSettings.of(
            URI.create(hetzner.endpoint()), secret(hetzner.tokenSecretRef(), ApiToken::new)),
        spec.servers().labelSelector(),
        spec.floatingIps().labelSelector(),
        spec.checks().stream().map(GroupChecks::check).toList(),
        moves(spec.apply()),
        spec.apply().verify().tcpPort(),
        policy());
  }

  private static AssignmentPolicy moves(FloatingIpApply apply) {
    var verify = apply.verify();
    return new AssignmentPolicy(
        parse(apply.timeout()),
        verify.tcpPort() == 0 ? Duration.ZERO : parse(verify.timeout()),
        MAX_WRITES);
  }

  private GroupPolicy policy() {
    return new GroupPolicy(
        new CallBudget(spec.rateLimit().failoverReserve(), parse(spec.pollInterval())),
        parse(spec.pollTimeout()),
        planner(spec.planner()),
        rebalance(spec.planner().rebalance()),
        new ApplyPolicy(
            switch (spec.mode()) {
              case Apply -> ApplyPolicy.Mode.Apply;
              case Plan -> ApplyPolicy.Mode.Plan;
              case Approve -> ApplyPolicy.Mode.Approve;
            },
            intent.paused(),
            spec.apply().maxMovesPerMinute(),
            intent.approvedPlan()),
        spec.apply().parallelism());
  }

  private static PlannerPolicy planner(FloatingIpPlanner planner) {
    return new PlannerPolicy(
        switch (planner.strategy()) {
          case MinimalMoves -> Strategy.MinimalMoves;
          case Canonical -> Strategy.Canonical;
        },
        switch (planner.whenAllUnhealthy()) {
          case Keep -> WhenAllUnhealthy.Keep;
          case Spread -> WhenAllUnhealthy.Spread;
        },
        planner.applyWithUnknownHealth());
  }

  private static Rebalance rebalance(FloatingIpPlanner.Rebalance rebalance) {
    return switch (rebalance.policy()) {
      case AfterStable -> new Rebalance.AfterStable(parse(rebalance.stableFor()));
      case Immediate -> new Rebalance.Immediate();
      case Never -> new Rebalance.Never();
    };
  }

  private HeartbeatSettings heartbeat(Heartbeat heartbeat) throws MissingReference {
    var kept = heartbeat.urlSecretRef();
    return new HeartbeatSettings(
        kept == null ? SecretUrl.of(String.valueOf(heartbeat.url())) : secret(kept, SecretUrl::of),
        parse(heartbeat.interval()),
        parse(heartbeat.timeout()),
        parse(spec.pollInterval()).multipliedBy(PATIENCE).plus(parse(spec.pollTimeout())));
  }

  private Target target(Notification notification) throws MissingReference {
    return new Target(
        switch (notification.type()) {
          case Mattermost -> Service.Mattermost;
          case Slack -> Service.Slack;
          case Webhook -> Service.Webhook;
        },
        secret(notification.urlSecretRef(), SecretUrl::of),
        Optional.ofNullable(notification.channel()),
        notification.username(),
        Target.DOLPHIN);
  }

  private <T> T secret(SecretKeyRef kept, Function<String, T> use) throws MissingReference {
    var reference = Reference.secret(kept.name(), kept.key());
    var text = references.line(reference);
    try {
      return use.apply(text);
    } catch (IllegalArgumentException e) {
      throw new MissingReference(reference, String.valueOf(e.getMessage()));
    }
  }

  /** Every secret and bundle that a resource names, in the order of its fields. */
  public static List<Reference> references(FloatingIpGroupSpec spec) {
    var all = new ArrayList<SecretKeyRef>();
    all.add(spec.provider().hetzner().tokenSecretRef());
    var heartbeat = spec.heartbeat();
    if (heartbeat != null && heartbeat.urlSecretRef() != null) {
      all.add(heartbeat.urlSecretRef());
    }
    spec.notifications().forEach(notification -> all.add(notification.urlSecretRef()));
    var references = new ArrayList<Reference>();
    all.forEach(kept -> references.add(Reference.secret(kept.name(), kept.key())));
    spec.checks().forEach(check -> references.addAll(GroupChecks.references(check)));
    return List.copyOf(references);
  }
}
