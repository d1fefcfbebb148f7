package dev.holdfast.operator.floatingipgroup;

import dev.holdfast.api.v1alpha1.FloatingIpGroup;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus;
import dev.holdfast.operator.resource.StatusWriter;
import dev.holdfast.operator.status.StatusComparison;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.rate.RateLimited;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Has a group run as its resource says, and writes what becomes of it: about once a second at most.
 * The group itself does not wait for any of this.
 */
@ControllerConfiguration(
    name = "floatingipgroup",
    fieldManager = "holdfast-operator",
    generationAwareEventProcessing = false,
    triggerReconcilerOnAllEvents = true)
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 500, maxInterval = 30_000)
@RateLimited(maxReconciliations = 2, within = 2)
public final class FloatingIpGroupReconciler implements Reconciler<FloatingIpGroup> {

  /** Until a resource that cannot be run is looked at again. */
  private static final Duration RETRY = Duration.ofSeconds(5);

  /** Until a status is written that met a newer resource. */
  private static final Duration STATUS_RETRY = Duration.ofMillis(200);

  /** Until Secrets, which are not watched, are read again. */
  private static final Duration LOOK = Duration.ofSeconds(30);

  private final Setups setups;
  private final Groups groups;
  private final Deletion deletion;
  private final Approvals approvals;
  private final InstantSource clock;

  FloatingIpGroupReconciler(
      Setups setups, Groups groups, Deletion deletion, Approvals approvals, InstantSource clock) {
    this.setups = setups;
    this.groups = groups;
    this.deletion = deletion;
    this.approvals = approvals;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, FloatingIpGroup>> prepareEventSources(
      EventSourceContext<FloatingIpGroup> context) {
    return List.of(groups.news());
  }

  @Override
  public UpdateControl<FloatingIpGroup> reconcile(
      FloatingIpGroup read, Context<FloatingIpGroup> context) {
    if (context.isPrimaryResourceDeleted()) {
      groups.stop(read);
      return UpdateControl.noUpdate();
    }
    if (read.isMarkedForDeletion()) {
      deletion.carryOut(read);
      return UpdateControl.noUpdate();
    }
    var resource = deletion.prepare(read);
    var obstacle = run(resource);
    var running = groups.status(resource);
    approvals.takeOff(resource, running, context);
    var sharing = groups.sharing(resource);
    var status = GroupStatusBuilder.build(resource, running, obstacle, sharing, clock.instant());
    if (!report(resource, status, context)) {
      return UpdateControl.<FloatingIpGroup>noUpdate().rescheduleAfter(STATUS_RETRY);
    }
    return UpdateControl.<FloatingIpGroup>noUpdate()
        .rescheduleAfter(obstacle.isPresent() ? RETRY : LOOK);
  }

  /** What cannot be run as it says goes on as before; but a pause always counts. */
  private Optional<GroupObstacle> run(FloatingIpGroup resource) {
    return switch (setups.of(resource)) {
      case Setup.Ready ready -> {
        groups.run(resource, ready);
        yield Optional.empty();
      }
      case Setup.Refused(var obstacle) -> {
        if (Setups.isPaused(resource)) {
          groups.stop(resource);
        }
        yield Optional.of(obstacle);
      }
    };
  }

  /** Whether the status is stored as it should be. */
  private static boolean report(
      FloatingIpGroup resource, FloatingIpGroupStatus status, Context<FloatingIpGroup> context) {
    if (StatusComparison.isSame(resource.getStatus(), status)) {
      return true;
    }
    var patch = new FloatingIpGroup();
    patch.setStatus(status);
    return StatusWriter.write(resource, patch, context);
  }
}
