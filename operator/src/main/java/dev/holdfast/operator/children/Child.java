package dev.holdfast.operator.children;

import dev.holdfast.operator.workload.Workload;
import dev.holdfast.operator.workload.WorkloadKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.ReconcileResult;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependentResourceConfigBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import org.jspecify.annotations.Nullable;

/** One object of a resource, kept as its {@code desired()} says by server-side apply. */
abstract class Child<R extends HasMetadata, P extends HasMetadata>
    extends CRUDKubernetesDependentResource<R, P> {

  private final WorkloadKind<P> kind;

  Child(Class<R> type, WorkloadKind<P> kind) {
    super(type);
    this.kind = kind;
    configureWith(
        new KubernetesDependentResourceConfigBuilder<R>()
            // Also for ConfigMaps and Secrets, which the framework would replace whole.
            .withUseSSA(true)
            .withKubernetesDependentInformerConfig(
                InformerConfiguration.builder(type)
                    .withLabelSelector(ChildNames.managed(kind))
                    .build())
            .build());
  }

  abstract String nameIn(ChildNames names);

  WorkloadKind<P> kind() {
    return kind;
  }

  Workload workload(P primary) {
    return kind.of(primary);
  }

  /** Not computed from {@code desired()}: that would make new certificates only to find a name. */
  @Override
  protected ResourceID targetSecondaryResourceID(P primary, Context<P> context) {
    var names = ChildNames.of(workload(primary));
    return new ResourceID(nameIn(names), names.namespace());
  }

  @Override
  protected ReconcileResult<R> reconcile(P primary, @Nullable R cached, Context<P> context) {
    // The cache holds only what carries our labels and owner; somebody else's object is not in it.
    var existing = cached == null ? read(primary, context) : cached;
    var name = nameIn(ChildNames.of(workload(primary)));
    return switch (Adoption.of(existing, primary)) {
      case Absent, Ours, Orphan -> super.reconcile(primary, existing, context);
      case OfPredecessor -> throw ChildRefused.ofPredecessor(typeName(), name);
      case Foreign -> throw ChildRefused.foreign(typeName(), name);
    };
  }

  /** Applies to the very object that was looked at, not to a successor of the same name. */
  @Override
  public R update(R actual, R desired, P primary, Context<P> context) {
    desired.getMetadata().setUid(actual.getMetadata().getUid());
    return super.update(actual, desired, primary, context);
  }

  private @Nullable R read(P primary, Context<P> context) {
    var names = ChildNames.of(workload(primary));
    return context
        .getClient()
        .resources(resourceType())
        .inNamespace(names.namespace())
        .withName(nameIn(names))
        .get();
  }

  private String typeName() {
    return HasMetadata.getKind(resourceType());
  }
}
