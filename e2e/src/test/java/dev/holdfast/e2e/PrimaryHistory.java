package dev.holdfast.e2e;

import dev.holdfast.api.v1alpha1.FailoverProxy;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What {@code kubectl get -w} shows of a proxy's primary, and when. */
final class PrimaryHistory implements AutoCloseable {

  private record Sight(Instant at, String primary) {}

  private final List<Sight> sights = new CopyOnWriteArrayList<>();
  private final Watch watch;

  private PrimaryHistory(TestNamespace namespace, String proxy) {
    watch =
        namespace
            .proxy(proxy)
            .watch(
                new Watcher<FailoverProxy>() {
                  @Override
                  public void eventReceived(Action action, FailoverProxy seen) {
                    if (seen.getStatus() != null && seen.getStatus().primary() != null) {
                      sights.add(new Sight(Instant.now(), seen.getStatus().primary().name()));
                    }
                  }

                  @Override
                  public void onClose(WatcherException cause) {}
                });
  }

  static PrimaryHistory watch(TestNamespace namespace, String proxy) {
    return new PrimaryHistory(namespace, proxy);
  }

  /** When this backend was first seen as primary, after the given instant. */
  Optional<Instant> firstSeen(String primary, Instant after) {
    return sights.stream()
        .filter(sight -> sight.primary().equals(primary) && sight.at().isAfter(after))
        .map(Sight::at)
        .findFirst();
  }

  @Override
  public void close() {
    watch.close();
  }
}
