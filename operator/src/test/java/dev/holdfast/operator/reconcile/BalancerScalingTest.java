package dev.holdfast.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.operator.Balancers;
import dev.holdfast.operator.children.PodSet;
import dev.holdfast.operator.workload.BalancerWorkload;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BalancerScalingTest {

  @Test
  @DisplayName("pods with a table of their own come and go at once")
  void local() {
    var three = new BalancerWorkload(Balancers.local(3));
    assertThat(Scaling.pods(three, new PodSet(1, false, false), List.of())).isEqualTo(3);
    assertThat(Scaling.pods(three, new PodSet(5, false, false), List.of())).isEqualTo(3);
  }

  @Test
  @DisplayName("a pod with a table of its own and pods with one table are never there together")
  void toOneTable() {
    var three = new BalancerWorkload(Balancers.replicated(3));
    assertThat(Scaling.pods(three, new PodSet(1, false, false), List.of())).isZero();
    assertThat(Scaling.pods(three, new PodSet(0, false, true), List.of())).isEqualTo(3);
  }
}
