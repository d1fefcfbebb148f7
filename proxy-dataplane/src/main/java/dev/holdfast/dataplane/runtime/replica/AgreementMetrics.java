package dev.holdfast.dataplane.runtime.replica;

import dev.holdfast.dataplane.agreement.ledger.Office;
import dev.holdfast.dataplane.metrics.MetricSink;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what one replica agrees on and shows how it stands. Safe for use by many threads. */
public final class AgreementMetrics {
  private static final String PREFIX = "holdfast_agreement_";

  /**
   * What holds at the moment.
   *
   * @param leaseNanos that are left
   */
  public record Figures(boolean leads, Enum<?> readiness, int members, long leaseNanos) {}

  private final String resource;
  private final LongAdder committed = new LongAdder();
  private final LongAdder unanswered = new LongAdder();
  private final LongAdder changes = new LongAdder();
  private final LongAdder severed = new LongAdder();

  public AgreementMetrics(String resource) {
    this.resource = resource;
  }

  public void proposed(@Nullable Throwable failure) {
    (failure == null ? committed : unanswered).increment();
  }

  public void office(Office now) {
    if (now instanceof Office.Serving) {
      changes.increment();
    }
  }

  public void severed() {
    severed.increment();
  }

  public void collect(Figures now, MetricSink sink) {
    var labels = Map.of("resource", resource);
    sink.gauge(PREFIX + "leads", "1 while this replica leads.", labels, now.leads() ? 1 : 0);
    sink.gauge(PREFIX + "members", "Replicas that decide.", labels, now.members());
    sink.gauge(
        PREFIX + "lease_seconds",
        "Time that is left of the lease under which clients are served; 0 without one.",
        labels,
        now.leaseNanos() / 1e9);
    for (var readiness : now.readiness().getDeclaringClass().getEnumConstants()) {
      sink.gauge(
          PREFIX + "readiness",
          "1 for how this replica stands with the others.",
          Map.of("resource", resource, "readiness", readiness.name()),
          readiness == now.readiness() ? 1 : 0);
    }
    sink.counter(
        PREFIX + "proposals_total",
        "Commands proposed: committed, or without an answer in time.",
        Map.of("resource", resource, "result", "committed"),
        (double) committed.sum());
    sink.counter(
        PREFIX + "proposals_total",
        "Commands proposed: committed, or without an answer in time.",
        Map.of("resource", resource, "result", "unanswered"),
        (double) unanswered.sum());
    sink.counter(
        PREFIX + "severs_total",
        "Times that all connections were cut, because the lease ended or a primary was left.",
        labels,
        (double) severed.sum());
  }

  /**
   * @param epoch the highest that was given out
   */
  public void collectPrimaries(long epoch, MetricSink sink) {
    var labels = Map.of("resource", resource);
    sink.gauge(PREFIX + "epoch", "The highest epoch that was given out.", labels, (double) epoch);
    sink.counter(
        PREFIX + "primaries_total",
        "Primaries that this replica has seen begin.",
        labels,
        (double) changes.sum());
  }
}
