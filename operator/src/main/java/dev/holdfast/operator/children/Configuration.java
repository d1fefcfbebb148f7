package dev.holdfast.operator.children;

import dev.holdfast.api.v1alpha1.FailoverProxy;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Map;

/** The manifest that the pods run, as a file. It is no part of the pod template. */
public final class Configuration extends Child<ConfigMap> {

  public static final String FILE = "failoverproxy.yaml";

  public Configuration() {
    super(ConfigMap.class);
  }

  @Override
  String nameIn(ChildNames names) {
    return names.shared();
  }

  @Override
  protected ConfigMap desired(FailoverProxy primary, Context<FailoverProxy> context) {
    return desired(primary);
  }

  static ConfigMap desired(FailoverProxy proxy) {
    return new ConfigMapBuilder()
        .withMetadata(ChildNames.metadata(proxy, ChildNames.of(proxy).shared()))
        .withData(Map.of(FILE, RenderedManifest.of(proxy)))
        .build();
  }
}
