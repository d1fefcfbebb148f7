package dev.holdfast.operator.floatingipgroup;

import dev.holdfast.api.v1alpha1.FloatingIpGroup;
import dev.holdfast.floatingip.group.GroupListener;
import dev.holdfast.floatingip.hetzner.assign.Outcome;
import dev.holdfast.floatingip.loop.GroupNotice;
import dev.holdfast.floatingip.loop.GroupStatus;
import dev.holdfast.health.reference.MissingReference;
import dev.holdfast.health.reference.Reference;
import dev.holdfast.health.reference.References;
import dev.holdfast.operator.events.EventQueue;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** The group of one resource, and what it is told and tells. */
final class ManagedGroup implements References, GroupListener {

  private final FloatingIpGroup resource;
  private final EventQueue events;
  private final GroupMetrics metrics;
  private final Consumer<GroupStatus> changes;
  private volatile ReferenceSnapshot references;
  private volatile Sharing sharing = Sharing.NONE;
  private volatile String endpoint = "";

  ManagedGroup(
      FloatingIpGroup resource,
      ReferenceSnapshot references,
      EventQueue events,
      GroupMetrics metrics,
      Consumer<GroupStatus> changes) {
    this.resource = resource;
    this.references = references;
    this.events = events;
    this.metrics = metrics;
    this.changes = changes;
  }

  /** Checks use them from now on. */
  void use(ReferenceSnapshot latest) {
    references = latest;
  }

  /**
   * @return whether that is something new
   */
  boolean use(Sharing latest, GroupStatus status) {
    var before = sharing;
    sharing = latest;
    if (latest.hasOtherRivalsThan(before)) {
      GroupConditions.conflict(Optional.of(status), latest)
          .ifPresent(verdict -> events.write(resource, GroupNotices.conflict(verdict)));
    }
    return !latest.equals(before);
  }

  void use(String latestEndpoint) {
    endpoint = latestEndpoint;
  }

  String endpoint() {
    return endpoint;
  }

  Sharing sharing() {
    return sharing;
  }

  @Override
  public byte[] read(Reference reference) throws MissingReference {
    return references.read(reference);
  }

  @Override
  public void noticed(GroupNotice notice, Instant at) {
    events.write(resource, GroupNotices.of(resource.getMetadata().getName(), notice, at));
  }

  @Override
  public void moveEnded(Outcome outcome) {
    metrics.moveEnded(Groups.name(resource), outcome);
  }

  @Override
  public void changed(GroupStatus status) {
    changes.accept(status);
  }
}
