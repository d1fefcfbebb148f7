package dev.holdfast.operator.failoverproxy;

import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.operator.dataplane.PodView;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;
import java.util.function.Consumer;

/** Has a resource reconciled when its pods say something new, and tells when it is gone. */
final class DataPlaneEventSource extends AbstractEventSource<PodView, FailoverProxy>
    implements ResourceEventAware<FailoverProxy> {

  private final Consumer<ResourceID> deleted;

  /**
   * @param deleted must not block
   */
  DataPlaneEventSource(Consumer<ResourceID> deleted) {
    super(PodView.class, "data-plane");
    this.deleted = deleted;
  }

  void changed(ResourceID resource) {
    if (isRunning()) {
      getEventHandler().handleEvent(new Event(resource));
    }
  }

  @Override
  public void onResourceDeleted(FailoverProxy resource) {
    deleted.accept(ResourceID.fromResource(resource));
  }

  /** Views are read from where they are kept. */
  @Override
  public Set<PodView> getSecondaryResources(FailoverProxy primary) {
    return Set.of();
  }
}
