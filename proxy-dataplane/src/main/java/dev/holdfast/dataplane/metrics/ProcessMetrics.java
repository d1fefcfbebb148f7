package dev.holdfast.dataplane.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;

/** Figures of the process and its JVM, under the names that Prometheus' Java client gives them. */
public final class ProcessMetrics implements MetricSource {
  private static final double MILLIS = 1e3;
  private static final double NANOS = 1e9;

  private final String version;

  /**
   * @param version of this program
   */
  public ProcessMetrics(String version) {
    this.version = version;
  }

  @Override
  public void collect(MetricSink sink) {
    sink.gauge(
        "holdfast_build_info",
        "Always 1; the labels say what runs.",
        Map.of("version", version, "java", Runtime.version().toString()),
        1);
    process(sink);
    memory(sink);
  }

  private static void process(MetricSink sink) {
    var runtime = ManagementFactory.getRuntimeMXBean();
    sink.gauge(
        "process_start_time_seconds",
        "When the process started, since the epoch.",
        Map.of(),
        runtime.getStartTime() / MILLIS);
    sink.gauge(
        "process_uptime_seconds",
        "How long the process has been running.",
        Map.of(),
        runtime.getUptime() / MILLIS);
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      sink.gauge(
          "process_open_fds",
          "Open file descriptors.",
          Map.of(),
          (double) unix.getOpenFileDescriptorCount());
      sink.gauge(
          "process_max_fds",
          "Limit on open file descriptors.",
          Map.of(),
          (double) unix.getMaxFileDescriptorCount());
      sink.counter(
          "process_cpu_seconds_total",
          "Processor time, user and system.",
          Map.of(),
          unix.getProcessCpuTime() / NANOS);
    }
  }

  private static void memory(MetricSink sink) {
    var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    sink.gauge(
        "jvm_memory_used_bytes", "Memory in use.", Map.of("area", "heap"), (double) heap.getUsed());
    sink.gauge(
        "jvm_memory_max_bytes", "Limit on memory.", Map.of("area", "heap"), (double) heap.getMax());
    for (var pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      if (pool.getName().equals("direct")) {
        sink.gauge(
            "jvm_buffer_pool_used_bytes",
            "Memory of NIO buffers.",
            Map.of("pool", pool.getName()),
            (double) pool.getMemoryUsed());
      }
    }
    if (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider netty) {
      sink.gauge(
          "holdfast_buffer_direct_bytes",
          "Direct memory that the relay's buffers are cut from.",
          Map.of(),
          (double) netty.metric().usedDirectMemory());
    }
  }
}
