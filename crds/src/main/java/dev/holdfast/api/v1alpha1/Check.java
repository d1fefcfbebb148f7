package dev.holdfast.api.v1alpha1;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One health check. Exactly one kind of probe is set. */
public record Check(
    String name,
    @Nullable Tcp tcp,
    @Nullable Http http,
    @Nullable Https https,
    @Nullable Exec exec,
    @Nullable SendExpect sendExpect,
    String interval,
    @Nullable String timeout,
    int fall,
    int rise,
    String fastInterval) {

  /** Port 0 is the backend's own. */
  public record Tcp(int port) {}

  public record Http(
      int port,
      String path,
      String host,
      Method method,
      Map<String, String> headers,
      String body,
      List<String> expectStatus) {}

  public record Https(
      int port,
      String path,
      String host,
      Method method,
      Map<String, String> headers,
      String body,
      List<String> expectStatus,
      String sni,
      boolean insecureSkipVerify,
      @Nullable CaBundle caBundle,
      WarnExpiry warnExpiry) {}

  public record CaBundle(String configMapName, String key) {}

  public record WarnExpiry(String warning, String critical) {}

  public record Exec(List<String> command) {}

  public record SendExpect(String send, String expect, boolean tls) {}

  public enum Method {
    GET,
    HEAD,
    POST,
    PUT,
    DELETE,
    OPTIONS,
    PATCH,
    TRACE,
    CONNECT
  }
}
