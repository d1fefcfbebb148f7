package dev.holdfast.operator.dataplane;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Wishes for another primary on their way to the pods, at most one for each resource. Nobody waits
 * for an answer: whoever asks again gets what has become of it. Safe for use by several threads.
 */
public final class Switchovers implements AutoCloseable {

  /**
   * @param retry until pods are asked again that have not decided
   * @param deadline after which a wish is given up: a switch must not come as a surprise
   */
  public record Timing(Duration retry, Duration deadline) {
    public static final Timing DEFAULT = new Timing(Duration.ofSeconds(1), Duration.ofSeconds(60));
  }

  private final InstantSource clock;
  private final Timing timing;
  private final Map<ResourceID, Switchover> running = new HashMap<>();

  public Switchovers(InstantSource clock, Timing timing) {
    this.clock = clock;
    this.timing = timing;
  }

  /**
   * Sends the wish to all pods, in the background; another wish of the same resource is given up.
   *
   * @param pods those there are, asked anew for each attempt
   * @param decided told when that is decided on; must not block
   * @return what became of it; empty as long as that is open
   */
  public synchronized Optional<SwitchOutcome> ask(
      ResourceID resource,
      SwitchRequest request,
      HttpClient client,
      Supplier<List<PodAddress>> pods,
      Consumer<ResourceID> decided) {
    var known = running.get(resource);
    if (known != null && known.request().equals(request)) {
      return known.outcome();
    }
    forget(resource);
    var next = new Switchover(resource, request, client, pods, clock, timing);
    running.put(resource, next);
    next.start(() -> decided.accept(resource));
    return Optional.empty();
  }

  /** There is no wish any more. */
  public synchronized void forget(ResourceID resource) {
    var known = running.remove(resource);
    if (known != null) {
      known.stop();
    }
  }

  @Override
  public synchronized void close() {
    List.copyOf(running.keySet()).forEach(this::forget);
  }
}
