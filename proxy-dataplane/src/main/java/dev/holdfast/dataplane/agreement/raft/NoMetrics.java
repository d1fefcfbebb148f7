package dev.holdfast.dataplane.agreement.raft;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.ratis.metrics.LongCounter;
import org.apache.ratis.metrics.MetricRegistries;
import org.apache.ratis.metrics.MetricRegistryInfo;
import org.apache.ratis.metrics.RatisMetricRegistry;
import org.apache.ratis.metrics.Timekeeper;
import org.apache.ratis.util.TimeDuration;

/**
 * Keeps none of the library's own counters and timers, which nobody reads. They were in 4 to 7 of a
 * hundred samples under load. The library does not start without a service of this kind.
 */
public final class NoMetrics extends MetricRegistries {

  private record Registry(MetricRegistryInfo info) implements RatisMetricRegistry {

    @Override
    public Timekeeper timer(String name) {
      return () -> () -> 0;
    }

    @Override
    public LongCounter counter(String name) {
      return NoCounter.INSTANCE;
    }

    @Override
    public boolean remove(String name) {
      return false;
    }

    @Override
    public <T> void gauge(String name, Supplier<Supplier<T>> gauge) {}

    @Override
    public MetricRegistryInfo getMetricRegistryInfo() {
      return info;
    }
  }

  private enum NoCounter implements LongCounter {
    INSTANCE;

    @Override
    public void inc(long by) {}

    @Override
    public void dec(long by) {}

    @Override
    public long getCount() {
      return 0;
    }
  }

  @Override
  public RatisMetricRegistry create(MetricRegistryInfo info) {
    return new Registry(info);
  }

  @Override
  public Optional<RatisMetricRegistry> get(MetricRegistryInfo info) {
    return Optional.empty();
  }

  @Override
  public boolean remove(MetricRegistryInfo info) {
    return false;
  }

  @Override
  public void clear() {}

  @Override
  public Set<MetricRegistryInfo> getMetricRegistryInfos() {
    return Set.of();
  }

  @Override
  public Collection<RatisMetricRegistry> getMetricRegistries() {
    return Set.of();
  }

  @Override
  public void addReporterRegistration(
      Consumer<RatisMetricRegistry> begin, Consumer<RatisMetricRegistry> end) {}

  @Override
  public void enableJmxReporter() {}

  @Override
  public void enableConsoleReporter(TimeDuration rate) {}
}
