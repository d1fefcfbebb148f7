package dev.holdfast.dataplane.admin.http;

import dev.holdfast.dataplane.metrics.MetricSink;
import dev.holdfast.dataplane.metrics.MetricSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** What one HTTP server has done since its start. */
public final class HttpCounters implements MetricSource {
  private final List<LongAdder> answersByClass = Stream.generate(LongAdder::new).limit(5).toList();
  private final LongAdder turnedAway = new LongAdder();
  final AtomicInteger connections = new AtomicInteger();
  final AtomicInteger streams = new AtomicInteger();

  void answered(int status) {
    answersByClass.get(Math.clamp(status / 100, 1, 5) - 1).increment();
  }

  void turnedAway() {
    turnedAway.increment();
  }

  @Override
  public void collect(MetricSink sink) {
    for (int i = 0; i < answersByClass.size(); i++) {
      sink.counter(
          "holdfast_admin_requests_total",
          "Requests that the admin interface answered, by class of status.",
          Map.of("status", (i + 1) + "xx"),
          (double) answersByClass.get(i).sum());
    }
    sink.counter(
        "holdfast_admin_connections_rejected_total",
        "Connections to the admin interface closed at once because there were too many.",
        Map.of(),
        (double) turnedAway.sum());
    sink.gauge(
        "holdfast_admin_connections_open",
        "Connections to the admin interface.",
        Map.of(),
        connections.get());
    sink.gauge(
        "holdfast_admin_status_streams_open",
        "Subscribers of the status stream.",
        Map.of(),
        streams.get());
  }
}
