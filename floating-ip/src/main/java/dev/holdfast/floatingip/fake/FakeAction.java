package dev.holdfast.floatingip.fake;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Work under way or done.
 *
 * @param status as the API spells it
 * @param finished null while it runs
 * @param error null unless it failed
 */
public record FakeAction(
    long id,
    String command,
    String status,
    Instant started,
    @Nullable Instant finished,
    List<Resource> resources,
    @Nullable Reason error) {

  public record Resource(long id, String type) {}

  public record Reason(String code, String message) {}

  static final String RUNNING = "running";

  boolean running() {
    return status.equals(RUNNING);
  }

  boolean concerns(String type, long id) {
    return resources.contains(new Resource(id, type));
  }

  FakeAction succeeded(Instant now) {
    return new FakeAction(id, command, "success", started, now, resources, null);
  }

  FakeAction failed(Instant now, Reason error) {
    return new FakeAction(id, command, "error", started, now, resources, error);
  }
}
