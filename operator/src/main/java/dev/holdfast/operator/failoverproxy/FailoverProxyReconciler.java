package dev.holdfast.operator.failoverproxy;

import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.api.v1alpha1.FailoverProxyStatus;
import dev.holdfast.operator.children.References;
import dev.holdfast.operator.events.EventWriter;
import dev.holdfast.operator.events.Notices;
import dev.holdfast.operator.resource.StatusWriter;
import dev.holdfast.operator.status.Facts;
import dev.holdfast.operator.status.Obstacle;
import dev.holdfast.operator.status.Sight;
import dev.holdfast.operator.status.StatusBuilder;
import dev.holdfast.operator.status.StatusComparison;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Keeps the objects of a FailoverProxy as it says, and its status as its pods say. */
@ControllerConfiguration(
    name = "failoverproxy",
    fieldManager = "holdfast-operator",
    generationAwareEventProcessing = false)
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 500, maxInterval = 30_000)
public final class FailoverProxyReconciler implements Reconciler<FailoverProxy> {

  /** Until an object that could not be applied is tried again. */
  private static final Duration RETRY = Duration.ofSeconds(5);

  /** Until a status is written that met a newer resource. */
  private static final Duration STATUS_RETRY = Duration.ofMillis(200);

  /** Until things that are not watched are looked for again. */
  private static final Duration LOOK = Duration.ofSeconds(60);

  private final Children children;
  private final MissingReferences references;
  private final DataPlanePods pods;
  private final ManualSwitch manualSwitch;
  private final EventWriter events;

  FailoverProxyReconciler(
      Children children,
      MissingReferences references,
      DataPlanePods pods,
      ManualSwitch manualSwitch,
      EventWriter events) {
    this.children = children;
    this.references = references;
    this.pods = pods;
    this.manualSwitch = manualSwitch;
    this.events = events;
  }

  @Override
  public List<EventSource<?, FailoverProxy>> prepareEventSources(
      EventSourceContext<FailoverProxy> context) {
    var sources = new ArrayList<>(children.eventSources(context));
    sources.addAll(pods.eventSources(context));
    return sources;
  }

  @Override
  public UpdateControl<FailoverProxy> reconcile(
      FailoverProxy proxy, Context<FailoverProxy> context) {
    var intent = Intent.of(proxy);
    var obstacles = intent.mayApply() ? references.of(proxy) : List.<Obstacle>of();
    // A pod that cannot start must not take the place of one that runs.
    var apply = intent.mayApply() && obstacles.isEmpty();
    var push = apply;
    if (apply) {
      // With the primary of this moment: a pod that starts now takes up from there.
      var facts = observe(proxy, intent, obstacles, context);
      var learnt = withStatus(proxy, StatusBuilder.build(facts));
      var count = Scaling.pods(learnt, facts.set(), facts.pods());
      obstacles = children.apply(learnt, count, context);
      // Pods that are to go have nothing to make of it.
      push = count > 0;
    }
    var mayPush = push;
    children
        .certificates(proxy, context)
        .ifPresent(secret -> {
          pods.connect(proxy, secret, mayPush, context);
          if (intent.mayApply()) {
            manualSwitch.carryOut(proxy, secret);
          }
        });
    var facts = observe(proxy, intent, obstacles, context);
    return report(proxy, StatusBuilder.build(facts), context) ? again(facts) : soon();
  }

  private Facts observe(
      FailoverProxy proxy,
      Intent intent,
      List<Obstacle> obstacles,
      Context<FailoverProxy> context) {
    return new Facts(
        proxy,
        pods.now(),
        intent.paused(),
        intent.notSupported(),
        obstacles,
        pods.facts(proxy, context),
        children.podSet(proxy, context).orElse(null),
        children.clientService(proxy, context).orElse(null));
  }

  /** Whether the status is stored as it should be. */
  private boolean report(
      FailoverProxy proxy, FailoverProxyStatus status, Context<FailoverProxy> context) {
    if (StatusComparison.isSame(proxy.getStatus(), status)) {
      return true;
    }
    Notices.between(proxy.getStatus(), status).forEach(notice -> events.write(proxy, notice));
    var patch = new FailoverProxy();
    patch.setStatus(status);
    return StatusWriter.write(proxy, patch, context);
  }

  private static UpdateControl<FailoverProxy> soon() {
    return UpdateControl.<FailoverProxy>noUpdate().rescheduleAfter(STATUS_RETRY);
  }

  /** Some things become true only because time passes. */
  private static UpdateControl<FailoverProxy> again(Facts facts) {
    if (!facts.obstacles().isEmpty()) {
      return UpdateControl.<FailoverProxy>noUpdate().rescheduleAfter(RETRY);
    }
    if (Sight.of(facts.pods(), facts.now()) instanceof Sight.Blink blink) {
      return UpdateControl.<FailoverProxy>noUpdate()
          .rescheduleAfter(Duration.between(facts.now(), blink.until()).plusMillis(1));
    }
    return References.of(facts.proxy().getSpec()).isEmpty()
        ? UpdateControl.noUpdate()
        : UpdateControl.<FailoverProxy>noUpdate().rescheduleAfter(LOOK);
  }

  private static FailoverProxy withStatus(FailoverProxy proxy, FailoverProxyStatus status) {
    var copy = new FailoverProxy();
    copy.setMetadata(proxy.getMetadata());
    copy.setSpec(proxy.getSpec());
    copy.setStatus(status);
    return copy;
  }
}
