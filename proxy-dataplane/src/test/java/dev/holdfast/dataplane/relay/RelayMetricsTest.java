package dev.holdfast.dataplane.relay;

import static dev.holdfast.dataplane.relay.RelayFixture.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.FreePorts;
import dev.holdfast.dataplane.metrics.MetricSink;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class RelayMetricsTest {

  @Test
  @DisplayName("T19 every event is counted by resource and backend, bytes while they pass")
  void counts() throws Exception {
    try (var backend = TestBackend.echo();
        var relay = new RelayFixture().open(backend.port())) {
      try (var client = relay.connect()) {
        client.getOutputStream().write(new byte[3]);
        client.getInputStream().readNBytes(3);
        assertThat(scrape(relay))
            .containsEntry("holdfast_relay_connections_open{backend=backend-1}", 1.0)
            .containsEntry("holdfast_relay_clients{}", 1.0)
            .containsEntry(
                "holdfast_relay_bytes_total{backend=backend-1, direction=to_backend}", 3.0);
        client.shutdownOutput();
        client.getInputStream().readAllBytes();
      }
      relay.server.admit(new Admission.Close());
      try (var client = relay.connect()) {
        client.getInputStream().read();
      }
      relay.open(RelayFixture.target(FreePorts.next(), 2));
      try (var client = relay.connect()) {
        soon().until(() -> relay.server.counts().held() == 1);
        assertThat(scrape(relay))
            .containsEntry("holdfast_relay_connections_accepted_total{}", 3.0)
            .containsEntry("holdfast_relay_connections_ended_total{reason=not_admitted}", 1.0)
            .containsEntry("holdfast_relay_connections_held{}", 1.0)
            .containsEntry(
                "holdfast_relay_transport_info{transport=" + relay.transport.name() + "}", 1.0)
            .containsEntry("holdfast_relay_connects_total{backend=backend-1}", 1.0)
            .containsEntry(
                "holdfast_relay_connect_failures_total{backend=backend-2, kind=refused}", 1.0)
            .containsEntry(
                "holdfast_relay_bytes_total{backend=backend-1, direction=to_backend}", 3.0)
            .containsEntry(
                "holdfast_relay_bytes_total{backend=backend-1, direction=to_client}", 3.0);
      }
    }
  }

  @Test
  @DisplayName("a backend that left the configuration leaves the figures with its last connection")
  void forgets() throws Exception {
    var options = RelayOptions.defaults("test/relay", "127.0.0.1", 0);
    try (var backend = TestBackend.echo();
        var relay = new RelayFixture(options.withBackends(List.of("backend-1")))) {
      relay.open(backend.port());
      try (var client = relay.connect()) {
        client.getOutputStream().write(1);
        client.getInputStream().read();
        relay.server.configure(options.withBackends(List.of("backend-2")));
        assertThat(relay.server.counts().backends()).containsKey("backend-1");
      }
      soon().until(() -> relay.server.counts().clients() == 0);
      relay.server.configure(options.withBackends(List.of("backend-2")));
      assertThat(relay.server.counts().backends()).isEmpty();
    }
  }

  /** Samples by name and labels; the label that all have is checked and left out. */
  private static Map<String, Double> scrape(RelayFixture relay) {
    var samples = new TreeMap<String, Double>();
    relay.server.collect(
        new MetricSink() {
          @Override
          public void counter(String name, String help, Map<String, String> labels, double value) {
            assertThat(name).endsWith("_total");
            gauge(name, help, labels, value);
          }

          @Override
          public void gauge(String name, String help, Map<String, String> labels, double value) {
            var rest = new TreeMap<>(labels);
            assertThat(rest.remove("resource")).isEqualTo("test/relay");
            samples.put(name + rest, value);
          }
        });
    return samples;
  }
}
