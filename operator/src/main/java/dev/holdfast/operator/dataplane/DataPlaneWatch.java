package dev.holdfast.operator.dataplane;

import dev.holdfast.api.dataplane.DataPlaneReport;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to the status streams of all pods of all resources of a kind, and keeps what was heard
 * last. Safe for use by several threads.
 *
 * @param <W> what pods say
 */
public final class DataPlaneWatch<W extends DataPlaneReport> implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DataPlaneWatch.class);

  /**
   * @param silence see {@link StatusStream}
   * @param firstRetry before the first attempt after a failed one; doubles
   */
  public record Timing(Duration silence, Duration firstRetry, Duration maxRetry) {
    public static final Timing DEFAULT =
        new Timing(Duration.ofSeconds(12), Duration.ofMillis(200), Duration.ofSeconds(10));
  }

  private record Followed<W extends DataPlaneReport>(PodView<W> view, PodListener<W> listener) {}

  private final String kind;
  private final Class<W> words;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Timing timing;
  private final Consumer<ResourceID> changed;

  private final Map<ResourceID, Map<PodAddress, Followed<W>>> followed = new HashMap<>();

  /**
   * @param kind of the resources, for people
   * @param changed told which resource's view changed in more than counters, on the thread of a
   *     stream; must not block
   */
  public DataPlaneWatch(
      String kind,
      Class<W> words,
      InstantSource clock,
      RandomGenerator random,
      Timing timing,
      Consumer<ResourceID> changed) {
    this.kind = kind;
    this.words = words;
    this.clock = clock;
    this.random = random;
    this.timing = timing;
    this.changed = changed;
  }

  /**
   * From now on listens to exactly these pods of a resource. Streams that run over another client
   * are opened anew: its certificates have been replaced.
   */
  public synchronized void follow(
      ResourceID resource, HttpClient client, Collection<PodAddress> pods) {
    var before = followed.getOrDefault(resource, Map.of());
    var after = new HashMap<PodAddress, Followed<W>>();
    for (var pod : pods) {
      var known = before.get(pod);
      after.put(
          pod,
          known != null && known.listener().uses(client)
              ? known
              : listen(resource, client, pod, known));
    }
    before.forEach((pod, known) -> {
      if (!known.equals(after.get(pod))) {
        known.listener().stop();
      }
    });
    followed.put(resource, after);
  }

  /** Stops listening to a resource's pods and forgets them. */
  public synchronized void forget(ResourceID resource) {
    var known = followed.remove(resource);
    if (known != null) {
      known.values().forEach(pod -> pod.listener().stop());
    }
  }

  /** What is known of a resource's pods, by name. */
  public synchronized List<PodView<W>> views(ResourceID resource) {
    return followed.getOrDefault(resource, Map.of()).values().stream()
        .map(Followed::view)
        .sorted(Comparator.comparing(view -> view.pod().name()))
        .toList();
  }

  @Override
  public synchronized void close() {
    List.copyOf(followed.keySet()).forEach(this::forget);
  }

  private Followed<W> listen(
      ResourceID resource, HttpClient client, PodAddress pod, @Nullable Followed<W> before) {
    var backoff = new Backoff(timing.firstRetry(), timing.maxRetry(), random);
    var hearer = new ViewKeeper(resource, pod);
    var listener = new PodListener<>(client, pod, words, timing.silence(), backoff, hearer);
    listener.start();
    return new Followed<>(
        before == null ? PodView.connecting(pod, clock.instant()) : before.view(), listener);
  }

  /** Keeps the view of one pod up to date. */
  private final class ViewKeeper implements PodListener.Hearer<W> {

    private final ResourceID resource;
    private final PodAddress pod;

    ViewKeeper(ResourceID resource, PodAddress pod) {
      this.resource = resource;
      this.pod = pod;
    }

    @Override
    public void heard(W status) {
      var ours =
          status.name().equals(resource.getName())
              && status.namespace().equals(resource.getNamespace().orElse(null));
      if (ours) {
        change(view -> view.heard(status, clock.instant()));
      }
    }

    @Override
    public void lost(String why) {
      var before = change(view -> view.lost(why, clock.instant()));
      if (before != null && before.isLive()) {
        log.info(
            "{} {}/{}: lost the status stream of pod {}: {}",
            kind,
            resource.getNamespace().orElse(""),
            resource.getName(),
            pod.name(),
            why);
      }
    }

    /** The view as it was; null when the pod is not followed any more. */
    private @Nullable PodView<W> change(UnaryOperator<PodView<W>> change) {
      PodView<W> before;
      PodView<W> after;
      synchronized (DataPlaneWatch.this) {
        var pods = followed.getOrDefault(resource, Map.of());
        var known = pods.get(pod);
        if (known == null || known.listener().isStopped()) {
          return null;
        }
        before = known.view();
        after = change.apply(before);
        pods.put(pod, new Followed<>(after, known.listener()));
      }
      if (after.tellsMoreThan(before)) {
        changed.accept(resource);
      }
      return before;
    }
  }
}
