package dev.holdfast.operator.events;

import dev.holdfast.api.v1alpha1.FailoverProxyStatus;
import dev.holdfast.api.v1alpha1.FailoverProxyStatus.HookRun;
import dev.holdfast.api.v1alpha1.FailoverProxyStatus.LastFailover;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Hooks that failed at the last change of the primary, each with the end of what it said. */
final class FailedHooks {

  /** An Event's note takes 1024 characters; the end of the output says most. */
  private static final int MAX_OUTPUT = 700;

  private FailedHooks() {}

  static Stream<Notice> between(@Nullable FailoverProxyStatus before, FailoverProxyStatus after) {
    var now = after.lastFailover();
    var then = before == null ? null : before.lastFailover();
    if (now == null || now.equals(then)) {
      return Stream.of();
    }
    return IntStream.range(0, now.hooks().size())
        .filter(i -> now.hooks().get(i).failure() != null)
        .mapToObj(i -> notice(now, i));
  }

  private static Notice notice(LastFailover failover, int index) {
    var run = failover.hooks().get(index);
    var note =
        "hook %s for %s: %s after %s%s"
            .formatted(run.name(), run.backend(), run.failure(), run.took(), said(run));
    return new Notice(
        Notice.Type.Warning,
        "HookFailed",
        "RanHooks",
        note,
        "%s/%s/%d".formatted(failover.at(), failover.to(), index));
  }

  private static String said(HookRun run) {
    var output = run.output() == null ? "" : run.output().strip();
    if (output.isEmpty()) {
      return "";
    }
    var end = output.substring(Math.max(0, output.length() - MAX_OUTPUT));
    return ". It said: " + end;
  }
}
