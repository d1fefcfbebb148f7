package dev.holdfast.cli.status;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.FloatingIpGroupReport;
import dev.holdfast.api.dataplane.ResourceStatus;
import dev.holdfast.api.dataplane.StickyBalancerReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Shows statuses to a person, within 80 columns where names are of ordinary length. */
public final class StatusScreen {
  private StatusScreen() {}

  /**
   * @param now what ages are counted from
   */
  public static List<String> lines(List<? extends ResourceStatus> statuses, Instant now) {
    var lines = new ArrayList<String>();
    for (var status : statuses) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.addAll(
          switch (status) {
            case DataPlaneStatus proxy -> ProxyScreen.lines(proxy, now);
            case FloatingIpGroupReport group -> GroupScreen.lines(group, now);
            case StickyBalancerReport balancer -> BalancerScreen.lines(balancer, now);
          });
    }
    return lines.isEmpty() ? List.of("no resources") : lines;
  }
}
