package dev.holdfast.dataplane.admin;

import dev.holdfast.dataplane.admin.access.Scope;
import dev.holdfast.dataplane.admin.http.Response;
import dev.holdfast.dataplane.admin.http.Route;
import dev.holdfast.dataplane.metrics.MetricSource;
import dev.holdfast.dataplane.metrics.PrometheusText;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** One scrape of everything that has figures to show. */
final class MetricsRoute {
  private MetricsRoute() {}

  static Route of(Supplier<List<MetricSource>> sources) {
    return new Route(
        "GET",
        "/metrics",
        Scope.READ,
        0,
        request -> {
          var text = new PrometheusText();
          sources.get().forEach(source -> source.collect(text));
          return CompletableFuture.completedStage(
              Response.text(200, PrometheusText.CONTENT_TYPE, text.toString()));
        });
  }
}
