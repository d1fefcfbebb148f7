package dev.holdfast.operator.children;

import dev.holdfast.operator.workload.Workload;
import dev.holdfast.operator.workload.WorkloadKind;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Map;

/** The manifest that the pods run, as a file. Its text is no part of the pod template. */
public final class Configuration<P extends HasMetadata> extends Child<ConfigMap, P> {

  public Configuration(WorkloadKind<P> kind) {
    super(ConfigMap.class, kind);
  }

  @Override
  String nameIn(ChildNames names) {
    return names.shared();
  }

  @Override
  protected ConfigMap desired(P primary, Context<P> context) {
    return desired(workload(primary));
  }

  /** Its name within the ConfigMap. */
  static String file(Workload workload) {
    return workload.kind().component() + ".yaml";
  }

  static ConfigMap desired(Workload workload) {
    return new ConfigMapBuilder()
        .withMetadata(ChildNames.metadata(workload, ChildNames.of(workload).shared()))
        .withData(Map.of(file(workload), RenderedManifest.of(workload)))
        .build();
  }
}
