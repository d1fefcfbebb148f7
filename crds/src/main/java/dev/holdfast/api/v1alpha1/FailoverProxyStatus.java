package dev.holdfast.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator has seen. Times are RFC 3339, durations Gateway API strings. */
public record FailoverProxyStatus(
    @Nullable Long observedGeneration,
    List<Condition> conditions,
    @Nullable Primary primary,
    List<BackendStatus> backends,
    @Nullable String healthyBackends,
    @Nullable LastFailover lastFailover,
    @Nullable String leader,
    int replicas,
    int readyReplicas,
    @Nullable String selector,
    List<String> addresses) {

  public record Primary(String name, String endpoint, long epoch, String since, String reason) {}

  public record BackendStatus(
      String name,
      String endpoint,
      String health,
      String state,
      @Nullable String reason,
      @Nullable String since) {}

  public record LastFailover(
      @Nullable String from,
      String to,
      String at,
      String noPrimaryFor,
      String reason,
      List<HookRun> hooks) {}

  public record HookRun(String name, int exitCode, String took) {}
}
