package dev.holdfast.operator;

import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.api.v1alpha1.FailoverProxyStatus;
import dev.holdfast.manifest.SpecBinder;

/** Resources as the API server would hand them over: with defaults. */
public final class Proxies {

  public static final String MINIMAL =
      """
      apiVersion: holdfast.dev/v1alpha1
      kind: FailoverProxy
      metadata: {name: postgres, namespace: db}
      spec:
        listen: {port: 5432}
        backends:
          - {name: pg-0, host: pg-0.db, port: 5432}
          - {name: pg-1, host: pg-1.db, port: 5432}
      """;

  private Proxies() {}

  public static FailoverProxy minimal() {
    return read(MINIMAL);
  }

  /** The minimal one with more lines in its spec, each indented by two. */
  public static FailoverProxy minimalWith(String spec) {
    return read(MINIMAL + spec.indent(2));
  }

  public static FailoverProxy read(String yaml) {
    var manifest = Workloads.manifest(yaml);
    var proxy = new FailoverProxy();
    proxy.setMetadata(Workloads.metadata(manifest));
    proxy.setSpec(SpecBinder.failoverProxy(manifest));
    return proxy;
  }

  public static FailoverProxy with(FailoverProxy proxy, FailoverProxyStatus status) {
    var copy = new FailoverProxy();
    copy.setMetadata(proxy.getMetadata());
    copy.setSpec(proxy.getSpec());
    copy.setStatus(status);
    return copy;
  }
}
