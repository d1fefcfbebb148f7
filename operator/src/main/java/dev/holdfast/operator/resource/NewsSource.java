package dev.holdfast.operator.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Has a resource reconciled when there is news of it that no watch brings, and tells when it is
 * gone.
 *
 * @param <N> what the news is of; it is read from where it is kept
 */
public final class NewsSource<N, P extends HasMetadata> extends AbstractEventSource<N, P>
    implements ResourceEventAware<P> {

  private final Consumer<P> deleted;

  /**
   * @param deleted must not block
   */
  public NewsSource(Class<N> news, String name, Consumer<P> deleted) {
    super(news, name);
    this.deleted = deleted;
  }

  /** Never blocks. Any thread. */
  public void changed(ResourceID resource) {
    if (isRunning()) {
      getEventHandler().handleEvent(new Event(resource));
    }
  }

  @Override
  public void onResourceDeleted(P resource) {
    deleted.accept(resource);
  }

  @Override
  public Set<N> getSecondaryResources(P primary) {
    return Set.of();
  }
}
