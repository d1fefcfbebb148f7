package dev.holdfast.operator.floatingipgroup;

import dev.holdfast.api.v1alpha1.FloatingIpGroup;
import dev.holdfast.floatingip.group.GroupListener;
import dev.holdfast.floatingip.loop.GroupNotice;
import dev.holdfast.floatingip.loop.GroupStatus;
import dev.holdfast.floatingip.resource.RunningGroup;
import dev.holdfast.health.reference.MissingReference;
import dev.holdfast.health.reference.Reference;
import dev.holdfast.health.reference.References;
import dev.holdfast.operator.events.EventQueue;
import dev.holdfast.operator.resource.NewsSource;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;

/** The group of one resource, and what it is told and tells. */
final class ManagedGroup implements References, GroupListener {

  private final FloatingIpGroup resource;
  private final EventQueue events;
  private final NewsSource<RunningGroup, FloatingIpGroup> news;
  private volatile ReferenceSnapshot references;

  ManagedGroup(
      FloatingIpGroup resource,
      ReferenceSnapshot references,
      EventQueue events,
      NewsSource<RunningGroup, FloatingIpGroup> news) {
    this.resource = resource;
    this.references = references;
    this.events = events;
    this.news = news;
  }

  /** Checks use them from now on. */
  void use(ReferenceSnapshot latest) {
    references = latest;
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
  public void changed(GroupStatus status) {
    news.changed(ResourceID.fromResource(resource));
  }
}
