package dev.holdfast.operator.stickybalancer;

import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.api.v1alpha1.StickyBalancer;
import dev.holdfast.api.v1alpha1.StickyBalancerStatus;
import dev.holdfast.operator.reconcile.Reconciliation;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.util.List;

/** Hands FailoverProxies to what reconciles resources that pods run. */
@ControllerConfiguration(
    name = "stickybalancer",
    fieldManager = "holdfast-operator",
    generationAwareEventProcessing = false)
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 500, maxInterval = 30_000)
public final class StickyBalancerReconciler implements Reconciler<StickyBalancer> {

  private final Reconciliation<StickyBalancer, StickyBalancerStatus, StickyBalancerReport>
      reconciliation;

  StickyBalancerReconciler(
      Reconciliation<StickyBalancer, StickyBalancerStatus, StickyBalancerReport> reconciliation) {
    this.reconciliation = reconciliation;
  }

  @Override
  public List<EventSource<?, StickyBalancer>> prepareEventSources(
      EventSourceContext<StickyBalancer> context) {
    return reconciliation.eventSources(context);
  }

  @Override
  public UpdateControl<StickyBalancer> reconcile(
      StickyBalancer balancer, Context<StickyBalancer> context) {
    return reconciliation.reconcile(balancer, context);
  }
}
