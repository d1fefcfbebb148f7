package dev.holdfast.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.operator.Balancers;
import dev.holdfast.operator.Proxies;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PodMemoryTest {

  @Test
  @DisplayName("a proxy's heap is the image's own; a log takes more beside it")
  void proxies() {
    assertThat(new ProxyWorkload(Proxies.minimal()).memory())
        .isEqualTo(new PodMemory("96Mi", "192Mi", null));
    var agreed =
        Proxies.minimalWith("replicas: 3\nconnections: {onPrimaryChange: {policy: Sever}}");
    assertThat(new ProxyWorkload(agreed).memory()).isEqualTo(new PodMemory("256Mi", "256Mi", null));
  }

  @Test
  @DisplayName("a balancer's heap has room for as many keys as it may remember, and a copy")
  void balancers() {
    assertThat(balancer(1_000)).isEqualTo(new PodMemory("256Mi", "256Mi", "128m"));
    assertThat(balancer(1_000_000)).isEqualTo(new PodMemory("384Mi", "384Mi", "256m"));
    assertThat(balancer(10_000_000)).isEqualTo(new PodMemory("2048Mi", "2048Mi", "1920m"));
    assertThat(new BalancerWorkload(Balancers.replicated(3)).memory())
        .isEqualTo(new PodMemory("448Mi", "448Mi", "256m"));
  }

  @Test
  @DisplayName("first bytes count as they are long")
  void firstBytes() {
    var key = "key: {type: ClientIPAndFirstBytes}, firstBytes: {start: 4, end: 104}";
    assertThat(memory("  stickiness: {maxEntries: 1000000, " + key + "}\n").heap())
        .isEqualTo("448m");
  }

  private static PodMemory balancer(int entries) {
    return memory("  stickiness: {maxEntries: %d}\n".formatted(entries));
  }

  private static PodMemory memory(String stickiness) {
    return new BalancerWorkload(Balancers.read(Balancers.MINIMAL + stickiness)).memory();
  }
}
