package dev.holdfast.api.v1alpha1;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs when a primary has been chosen, before any client is admitted. */
public record Hook(
    String name,
    List<Trigger> on,
    @Nullable Exec exec,
    @Nullable Http http,
    String timeout,
    OnFailure onFailure) {

  public enum Trigger {
    Initial,
    Failover,
    Failback,
    Switchover
  }

  public enum OnFailure {
    Continue,
    Abort
  }

  public record Exec(List<String> command) {}

  public record Http(
      String url,
      Check.Method method,
      Map<String, String> headers,
      String body,
      List<String> expectStatus) {}
}
