package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.metrics.MetricSink;
import dev.holdfast.dataplane.relay.RelayEvents.ConnectFailure;
import dev.holdfast.dataplane.relay.transport.Direction;
import dev.holdfast.dataplane.relay.transport.Transport;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Shows a relay's figures. Every sample has the label {@code resource}; those of a backend have
 * {@code backend}, of which there are as many as are configured.
 */
record RelayMetrics(String resource, MetricSink sink) {
  private static final String PREFIX = "holdfast_relay_";

  void write(RelayCounters counters, int clients, int held) {
    counter("connections_accepted_total", "Clients accepted.", Map.of(), counters.accepted.sum());
    counter(
        "accept_pauses_total",
        "Times that accepting paused for want of a descriptor.",
        Map.of(),
        counters.acceptPauses.sum());
    for (var reason : EndReason.values()) {
      counter(
          "connections_ended_total",
          "Clients' connections that have ended, rejected ones included.",
          Map.of("reason", label(reason)),
          counters.ended(reason).sum());
    }
    gauge("clients", "Clients now: linked, connecting or held.", Map.of(), clients);
    gauge(
        "connections_held", "Clients that wait for a backend, or for their turn.", Map.of(), held);
    counters.backends().forEach(this::writeBackend);
  }

  /** How this relay moves bytes. */
  void write(Transport transport) {
    gauge(
        "transport_info",
        "Always 1; the label says how bytes are moved.",
        Map.of("transport", transport.name()),
        1);
    gauge(
        "unsent_bytes",
        "Bytes of all resources that were read and that their receivers have not taken yet.",
        Map.of(),
        transport.unsentBytes());
  }

  private void writeBackend(String name, BackendCounters counters) {
    gauge(
        "connections_open",
        "Connections to the backend, those being made included.",
        Map.of("backend", name),
        counters.open());
    counter(
        "connects_total",
        "Successful connects to the backend.",
        Map.of("backend", name),
        counters.connected.sum());
    for (var kind : ConnectFailure.Kind.values()) {
      counter(
          "connect_failures_total",
          "Failed connects to the backend.",
          Map.of("backend", name, "kind", label(kind)),
          counters.failures(kind).sum());
    }
    for (var direction : Direction.values()) {
      counter(
          "bytes_total",
          "Bytes passed on.",
          Map.of("backend", name, "direction", label(direction)),
          counters.bytes(direction).sum());
    }
  }

  private void counter(String name, String help, Map<String, String> labels, long value) {
    sink.counter(PREFIX + name, help, with(labels), (double) value);
  }

  private void gauge(String name, String help, Map<String, String> labels, long value) {
    sink.gauge(PREFIX + name, help, with(labels), (double) value);
  }

  private Map<String, String> with(Map<String, String> labels) {
    var all = new TreeMap<>(labels);
    all.put("resource", resource);
    return all;
  }

  /** {@code HeldFull} becomes {@code held_full}. */
  private static String label(Enum<?> value) {
    return value.name().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }
}
