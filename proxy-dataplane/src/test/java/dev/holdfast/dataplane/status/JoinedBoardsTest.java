package dev.holdfast.dataplane.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.FloatingIpGroupReport;
import dev.holdfast.api.dataplane.ResourceStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JoinedBoardsTest {
  private final LiveStatusBoard<DataPlaneStatus> proxies = new LiveStatusBoard<>();
  private final LiveStatusBoard<FloatingIpGroupReport> groups = new LiveStatusBoard<>();
  private final JoinedBoards joined = new JoinedBoards(List.of(groups, proxies));

  @Test
  @DisplayName("All boards are shown as one, sorted by kind, namespace and name")
  void sorted() {
    groups.publish(Statuses.group("a", "web"));
    proxies.publish(Statuses.of("b", "db", 1, 0));
    proxies.publish(Statuses.of("a", "db", 1, 0));

    assertThat(joined.all())
        .extracting(status -> status.kind() + " " + status.namespace())
        .containsExactly("FailoverProxy a", "FailoverProxy b", "FloatingIpGroup a");
  }

  @Test
  @DisplayName("A listener hears of all boards, until it has closed its subscription")
  void subscribed() {
    var heard = new ArrayList<ResourceStatus>();
    groups.publish(Statuses.group("a", "web"));
    var subscription = joined.subscribe(heard::add);
    proxies.publish(Statuses.of("a", "db", 1, 0));
    subscription.close();
    proxies.publish(Statuses.of("a", "db", 2, 0));

    assertThat(heard).containsExactly(Statuses.group("a", "web"), Statuses.of("a", "db", 1, 0));
  }
}
