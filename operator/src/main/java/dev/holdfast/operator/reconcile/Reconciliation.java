package dev.holdfast.operator.reconcile;

import dev.holdfast.api.dataplane.DataPlaneReport;
import dev.holdfast.operator.events.EventWriter;
import dev.holdfast.operator.resource.StatusWriter;
import dev.holdfast.operator.status.Facts;
import dev.holdfast.operator.status.Obstacle;
import dev.holdfast.operator.status.Sight;
import dev.holdfast.operator.status.StatusComparison;
import dev.holdfast.operator.workload.References;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the objects of a resource as it says, and its status as its pods say: observe, decide,
 * apply, report.
 */
public final class Reconciliation<P extends CustomResource<?, S>, S, W extends DataPlaneReport> {

  /** Until an object that could not be applied is tried again. */
  private static final Duration RETRY = Duration.ofSeconds(5);

  /** Until a status is written that met a newer resource. */
  private static final Duration STATUS_RETRY = Duration.ofMillis(200);

  /** Until things that are not watched are looked for again. */
  private static final Duration LOOK = Duration.ofSeconds(60);

  private final Reporting<P, S, W> reporting;
  private final Children<P> children;
  private final MissingReferences references;
  private final DataPlanePods<P, W> pods;
  private final EventWriter events;

  public Reconciliation(
      Reporting<P, S, W> reporting,
      Children<P> children,
      MissingReferences references,
      DataPlanePods<P, W> pods,
      EventWriter events) {
    this.reporting = reporting;
    this.children = children;
    this.references = references;
    this.pods = pods;
    this.events = events;
  }

  public List<EventSource<?, P>> eventSources(EventSourceContext<P> context) {
    var sources = new ArrayList<>(children.eventSources(context));
    sources.addAll(pods.eventSources(context));
    return sources;
  }

  public UpdateControl<P> reconcile(P resource, Context<P> context) {
    var workload = reporting.kind().of(resource);
    var intent = Intent.of(workload);
    var obstacles = intent.mayApply() ? references.of(workload) : List.<Obstacle>of();
    // A pod that cannot start must not take the place of one that runs.
    var apply = intent.mayApply() && obstacles.isEmpty();
    var push = apply;
    if (apply) {
      // With the status of this moment: a pod that starts now takes up from there.
      var facts = observe(resource, intent, obstacles, context);
      var learnt = reporting.with(resource, reporting.status(facts));
      var count = Scaling.pods(reporting.kind().of(learnt), facts.set(), facts.pods());
      obstacles = children.apply(learnt, count, context);
      // Pods that are to go have nothing to make of it.
      push = count > 0;
    }
    var mayPush = push;
    children
        .certificates(resource, context)
        .ifPresent(secret -> {
          pods.connect(resource, secret, mayPush, context);
          if (intent.mayApply()) {
            reporting.carryOutWishes(resource, secret);
          }
        });
    var facts = observe(resource, intent, obstacles, context);
    return report(resource, reporting.status(facts), context) ? again(facts) : after(STATUS_RETRY);
  }

  private Facts<P, W> observe(
      P resource, Intent intent, List<Obstacle> obstacles, Context<P> context) {
    return new Facts<>(
        resource,
        reporting.kind().of(resource),
        pods.now(),
        intent.paused(),
        intent.notSupported(),
        obstacles,
        pods.facts(resource, context),
        children.podSet(resource, context).orElse(null),
        children.clientService(resource, context).orElse(null));
  }

  /** Whether the status is stored as it should be. */
  private boolean report(P resource, S status, Context<P> context) {
    var stored = reporting.statusOf(resource);
    if (StatusComparison.isSame(stored, status)) {
      return true;
    }
    reporting.notices(stored, status).forEach(notice -> events.write(resource, notice));
    return StatusWriter.write(resource, reporting.patch(status), context);
  }

  /** Some things become true only because time passes. */
  private UpdateControl<P> again(Facts<P, W> facts) {
    if (!facts.obstacles().isEmpty()) {
      return after(RETRY);
    }
    if (Sight.of(facts.pods(), facts.now()) instanceof Sight.Blink<W> blink) {
      return after(Duration.between(facts.now(), blink.until()).plusMillis(1));
    }
    return reporting
        .figuresAge()
        .map(Reconciliation::<P>after)
        .orElseGet(() ->
            References.of(facts.workload()).isEmpty() ? UpdateControl.noUpdate() : after(LOOK));
  }

  private static <P extends CustomResource<?, ?>> UpdateControl<P> after(Duration delay) {
    return UpdateControl.<P>noUpdate().rescheduleAfter(delay);
  }
}
