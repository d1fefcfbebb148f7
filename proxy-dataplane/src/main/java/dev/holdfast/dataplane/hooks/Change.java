package dev.holdfast.dataplane.hooks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.HookPlan.Trigger;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The change that hooks run for, as they are told of it.
 *
 * @param resource {@code namespace/name}
 * @param epoch the same when hooks run again because the process ended in the middle
 * @param left the backend that was primary before; null when there was none
 */
public record Change(
    String resource, long epoch, Trigger trigger, Candidate backend, @Nullable String left) {

  /** What programs find in their environment. */
  Map<String, String> environment() {
    return Map.of(
        "HOLDFAST_RESOURCE", resource,
        "HOLDFAST_EPOCH", Long.toString(epoch),
        "HOLDFAST_TRIGGER", trigger.name(),
        "HOLDFAST_BACKEND", backend.name(),
        "HOLDFAST_OLD_BACKEND", Objects.requireNonNullElse(left, ""));
  }

  /** The body of a request that has none of its own. */
  String json() {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("resource", resource)
            .put("epoch", epoch)
            .put("trigger", trigger.name())
            .put("backend", backend.name())
            .put("endpoint", backend.endpoint());
    return (left == null ? json : json.put("oldBackend", left)).toString();
  }
}
