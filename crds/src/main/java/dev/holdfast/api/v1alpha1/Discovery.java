package dev.holdfast.api.v1alpha1;

import org.jspecify.annotations.Nullable;

/** Where backends come from when they are not listed. Exactly one source is set. */
public record Discovery(
    @Nullable ServiceSource service,
    @Nullable DnsSource dns,
    @Nullable SrvSource srv,
    @Nullable FileSource file,
    @Nullable ZooKeeperSource zookeeper,
    Order order,
    Debounce debounce,
    OnEmpty onEmpty,
    String maxStaleness) {

  public enum Order {
    Name,
    Address
  }

  public enum OnEmpty {
    KeepLast,
    Apply
  }

  public record Debounce(String quiet, String max) {}

  public record ServiceSource(String name, int port) {}

  public record DnsSource(java.util.List<String> names, int port, String refresh) {}

  public record SrvSource(String name, String refresh) {}

  public record FileSource(
      @Nullable String path, @Nullable ConfigMapKeyRef configMapRef, String refresh) {}

  public record ZooKeeperSource(
      String servers, String path, Format format, @Nullable Integer port) {

    public enum Format {
      Json,
      HostNames
    }
  }
}
