package dev.holdfast.dataplane.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.metrics.MetricSink;
import dev.holdfast.dataplane.metrics.ProcessMetrics;
import dev.holdfast.dataplane.relay.access.QueuedAccessLog;
import dev.holdfast.dataplane.runtime.balancer.BalancerRig;
import dev.holdfast.dataplane.state.TableStore;
import dev.holdfast.dataplane.sticky.GroupState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MetricsDocTest {
  private static final Path PAGE = Path.of("../docs/metrics.md");

  @Test
  @DisplayName("docs/metrics.md names every metric, every label and every reason that is shown")
  void complete() throws Exception {
    var shown = new TreeSet<String>();
    try (var backend = SampleBackend.start("a");
        var rig = new Rig();
        var log = QueuedAccessLog.start()) {
      rig.running(Rig.backends(backend));
      var sink = gathering(shown);
      log.collect(sink);
      new ProcessMetrics("1").collect(sink);
      rig.plane.metrics().forEach(source -> source.collect(sink));
    }
    try (var backend = SampleBackend.start("a");
        var rig = new AgreedRig()) {
      rig.startAll(Rig.backends(backend));
      rig.awaitReached("p1", "a");
      rig.plane("p1").metrics().forEach(source -> source.collect(gathering(shown)));
    }
    var ports = BalancerRig.freePorts();
    try (var backend = SampleBackend.start("a");
        var rig =
            new BalancerRig(
                    ports,
                    TableStore.none(),
                    BalancerRig.checked(
                        BalancerRig.group(1, GroupState.Active, ports, backend, backend),
                        "up",
                        GroupState.Draining))
                .open()) {
      rig.awaitState(1, GroupState.Active);
      rig.service().collect(gathering(shown));
    }
    var page = Files.readString(PAGE);
    assertThat(shown).isNotEmpty().allMatch(word -> page.contains("`" + word + "`"));
  }

  private static MetricSink gathering(Set<String> shown) {
    return new MetricSink() {
      @Override
      public void counter(String name, String help, Map<String, String> labels, double value) {
        gauge(name, help, labels, value);
      }

      @Override
      public void gauge(String name, String help, Map<String, String> labels, double value) {
        shown.add(name);
        shown.addAll(labels.keySet());
        if (labels.containsKey("reason") && name.startsWith("holdfast_relay_")) {
          shown.add(labels.get("reason"));
        }
      }
    };
  }
}
