package dev.holdfast.operator.dataplane;

import dev.holdfast.api.dataplane.DataPlaneReport;
import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.StatusJson;
import dev.holdfast.api.dataplane.StickyBalancerReport;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a pod says, and takes nothing that is only half there. */
final class StatusReader {

  private StatusReader() {}

  static <W extends DataPlaneReport> W read(String json, Class<W> type) throws IOException {
    var status = StatusJson.mapper().readValue(json, type);
    if (status == null || !isWhole(status)) {
      throw new IOException("expected a whole status, found one with fields missing");
    }
    return status;
  }

  private static boolean isWhole(DataPlaneReport report) {
    return present(report.kind(), report.namespace(), report.name(), report.instance())
        && (report.refused() == null || report.refused().problems() != null)
        && switch (report) {
          case DataPlaneStatus status -> isWhole(status);
          case StickyBalancerReport balancer -> isWhole(balancer);
        };
  }

  private static boolean isWhole(StickyBalancerReport report) {
    return report.entries() != null
        && report.connections() != null
        && report.listeners().stream().allMatch(listener -> listener.state() != null)
        && report.groups().stream()
            .allMatch(group ->
                present(
                    group.name(), group.wanted(), group.effective(), group.cause(), group.since()));
  }

  private static boolean isWhole(DataPlaneStatus status) {
    return present(status.listener(), status.backends())
        && status.listener().state() != null
        && status.backends().stream().allMatch(StatusReader::isWhole)
        && isWhole(status.primary())
        && isWhole(status.lastFailover());
  }

  private static boolean isWhole(DataPlaneStatus.BackendStatus backend) {
    return backend != null
        && present(
            backend.name(), backend.endpoint(), backend.health(), backend.state(), backend.since());
  }

  private static boolean isWhole(DataPlaneStatus.@Nullable Primary primary) {
    return primary == null
        || present(primary.name(), primary.endpoint(), primary.since(), primary.reason());
  }

  private static boolean isWhole(DataPlaneStatus.@Nullable LastFailover failover) {
    return failover == null
        || present(failover.to(), failover.at(), failover.noPrimaryFor(), failover.reason());
  }

  private static boolean present(@Nullable Object... values) {
    return Stream.of(values).allMatch(Objects::nonNull);
  }
}
