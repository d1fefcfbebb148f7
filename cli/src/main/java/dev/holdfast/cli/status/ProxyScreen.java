package dev.holdfast.cli.status;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement;
import dev.holdfast.api.dataplane.DataPlaneStatus.BackendStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.HookRun;
import dev.holdfast.api.dataplane.DataPlaneStatus.LastFailover;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.api.dataplane.DataPlaneStatus.Primary;
import dev.holdfast.cli.console.TextTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Shows one FailoverProxy. */
final class ProxyScreen {
  private ProxyScreen() {}

  static List<String> lines(DataPlaneStatus status, Instant now) {
    var lines = new ArrayList<String>();
    lines.add(status.kind() + " " + status.namespace() + "/" + status.name());
    lines.add("  listener     " + listener(status.listener()));
    lines.add("  primary      " + primary(status.primary(), now));
    if (status.agreement() != null) {
      lines.add("  agreement    " + agreement(status.agreement()));
    }
    var failover = status.lastFailover();
    if (failover != null) {
      lines.add("  last change  " + failover(failover, now));
      failover.hooks().stream().map(ProxyScreen::failedHook).forEach(lines::addAll);
    }
    lines.add("  connections  " + ConnectionsText.of(status.connections()));
    lines.addAll(RefusedText.lines(status.refused()));
    lines.add("");
    lines.addAll(backends(status, now));
    return lines;
  }

  private static String listener(Listener listener) {
    return switch (listener.state()) {
      case Open -> ListenerText.place(listener);
      case Closed -> ListenerText.place(listener) + " closed: there is no primary";
      case Failed -> ListenerText.failed(listener);
    };
  }

  private static String primary(@Nullable Primary primary, Instant now) {
    return primary == null
        ? "none"
        : "%s at %s, epoch %d, since %s (%s)"
            .formatted(
                primary.name(),
                primary.endpoint(),
                primary.epoch(),
                Age.of(primary.since(), now),
                primary.reason());
  }

  private static String agreement(Agreement agreement) {
    var state =
        agreement.message() == null
            ? agreement.state().toString()
            : agreement.state() + " (" + agreement.message() + ")";
    return agreement.members().isEmpty()
        ? state
        : "%s, %s; members %s"
            .formatted(
                state,
                agreement.leader() == null ? "no leader" : "led by " + agreement.leader(),
                String.join(", ", agreement.members()));
  }

  private static String failover(LastFailover failover, Instant now) {
    return "%s -> %s, %s ago, %d ms without a primary (%s)"
        .formatted(
            Objects.requireNonNullElse(failover.from(), "none"),
            failover.to(),
            Age.of(failover.at(), now),
            failover.noPrimaryFor().toMillis(),
            failover.reason());
  }

  /** Nothing for one that succeeded. */
  private static List<String> failedHook(HookRun run) {
    return run.failure() == null
        ? List.of()
        : List.of(
            "  hook failed  %s for %s, %s".formatted(run.name(), run.backend(), run.failure()));
  }

  private static List<String> backends(DataPlaneStatus status, Instant now) {
    var primary = status.primary();
    var table = new TextTable("  BACKEND", "ENDPOINT", "HEALTH", "STATE", "OPEN", "SINCE", "");
    for (BackendStatus backend : status.backends()) {
      table.row(
          (primary != null && primary.name().equals(backend.name()) ? "* " : "  ") + backend.name(),
          backend.endpoint(),
          backend.health().name(),
          backend.state(),
          Long.toString(backend.connections()),
          Age.of(backend.since(), now),
          Objects.requireNonNullElse(backend.reason(), ""));
    }
    return table.lines();
  }
}
