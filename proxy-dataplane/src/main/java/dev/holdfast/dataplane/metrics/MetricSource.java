package dev.holdfast.dataplane.metrics;

/** Something that has figures to show. Called on the admin interface's thread; must not block. */
public interface MetricSource {

  void collect(MetricSink sink);
}
