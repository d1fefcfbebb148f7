package dev.holdfast.operator.dataplane;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/**
 * Sends new configuration to running pods at once, so that they need not wait for the kubelet to
 * refresh the mounted file. What a pod makes of it, its status stream says.
 */
public final class ConfigurationPush implements AutoCloseable {

  private static final Duration MAX_RETRY = Duration.ofSeconds(5);
  private static final int MAX_AT_ONCE = 32;

  private final RandomGenerator random;
  private final Duration firstRetry;
  private final Semaphore slots = new Semaphore(MAX_AT_ONCE);

  /** By pod uid. */
  private final Map<String, Push> running = new ConcurrentHashMap<>();

  public ConfigurationPush(RandomGenerator random, Duration firstRetry) {
    this.random = random;
    this.firstRetry = firstRetry;
  }

  /** Sends in the background; gives up what was being sent to that pod before. */
  public void send(HttpClient client, PodAddress pod, long generation, String manifest) {
    running.compute(
        pod.uid(),
        (uid, before) -> {
          if (before != null && before.generation() >= generation) {
            return before;
          }
          if (before != null) {
            before.stop();
          }
          var push = new Push(client, pod, generation, manifest);
          var backoff = new Backoff(firstRetry, MAX_RETRY, random);
          push.start(slots, backoff, () -> running.remove(uid, push));
          return push;
        });
  }

  @Override
  public void close() {
    running.values().forEach(Push::stop);
  }
}
