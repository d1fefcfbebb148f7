package dev.holdfast.dataplane.status;

import dev.holdfast.api.dataplane.ResourceStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the newest status of each resource in memory. Listeners are called one at a time, on the
 * publisher's thread, so that each sees the statuses in the order in which they were published.
 */
public final class LiveStatusBoard<S extends ResourceStatus> implements StatusBoard<S> {
  private static final Logger log = LoggerFactory.getLogger(LiveStatusBoard.class);

  private record Key(String kind, String namespace, String name) {
    static final Comparator<Key> ORDER =
        Comparator.comparing(Key::kind).thenComparing(Key::namespace).thenComparing(Key::name);

    static Key of(ResourceStatus status) {
      return new Key(status.kind(), status.namespace(), status.name());
    }
  }

  private final TreeMap<Key, S> newest = new TreeMap<>(Key.ORDER);
  private final Map<Key, S> told = new HashMap<>();
  private final Set<Listening> listeners = new LinkedHashSet<>();

  /**
   * Keeps the status; tells the listeners unless it differs from the one before in counters only.
   */
  public synchronized void publish(S status) {
    var before = newest.put(Key.of(status), status);
    if (before == null || !before.withoutCounters().equals(status.withoutCounters())) {
      tell(status);
    }
  }

  /** Keeps the status; tells the listeners of new counters as well. Not for every one of them. */
  public synchronized void publishCounters(S status) {
    var key = Key.of(status);
    newest.put(key, status);
    if (!status.equals(told.get(key))) {
      tell(status);
    }
  }

  private void tell(S status) {
    told.put(Key.of(status), status);
    List.copyOf(listeners).forEach(listener -> listener.hear(status));
  }

  /** Forgets a resource that is no longer run; a resource that is not there is no error. */
  public synchronized void remove(String kind, String namespace, String name) {
    var key = new Key(kind, namespace, name);
    newest.remove(key);
    told.remove(key);
  }

  @Override
  public synchronized List<S> all() {
    return List.copyOf(newest.values());
  }

  @Override
  public synchronized Subscription subscribe(Consumer<? super S> listener) {
    var listening = new Listening(listener);
    listeners.add(listening);
    new ArrayList<>(newest.values()).forEach(listening::hear);
    return listening;
  }

  private synchronized void forget(Listening listening) {
    listeners.remove(listening);
  }

  private final class Listening implements Subscription {
    private final Consumer<? super S> listener;

    Listening(Consumer<? super S> listener) {
      this.listener = listener;
    }

    /** A listener that fails must not keep the others, or the publisher, from going on. */
    void hear(S status) {
      try {
        listener.accept(status);
      } catch (RuntimeException e) {
        log.error(
            "{} {}/{}: a status listener failed and is left out from now on",
            status.kind(),
            status.namespace(),
            status.name(),
            e);
        close();
      }
    }

    @Override
    public void close() {
      forget(this);
    }
  }
}
