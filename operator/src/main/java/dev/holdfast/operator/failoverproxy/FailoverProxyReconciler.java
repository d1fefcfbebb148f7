package dev.holdfast.operator.failoverproxy;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.api.v1alpha1.FailoverProxyStatus;
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
    name = "failoverproxy",
    fieldManager = "holdfast-operator",
    generationAwareEventProcessing = false)
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 500, maxInterval = 30_000)
public final class FailoverProxyReconciler implements Reconciler<FailoverProxy> {

  private final Reconciliation<FailoverProxy, FailoverProxyStatus, DataPlaneStatus> reconciliation;

  FailoverProxyReconciler(
      Reconciliation<FailoverProxy, FailoverProxyStatus, DataPlaneStatus> reconciliation) {
    this.reconciliation = reconciliation;
  }

  @Override
  public List<EventSource<?, FailoverProxy>> prepareEventSources(
      EventSourceContext<FailoverProxy> context) {
    return reconciliation.eventSources(context);
  }

  @Override
  public UpdateControl<FailoverProxy> reconcile(
      FailoverProxy proxy, Context<FailoverProxy> context) {
    return reconciliation.reconcile(proxy, context);
  }
}
