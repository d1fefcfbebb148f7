package dev.holdfast.operator.children;

import dev.holdfast.api.v1alpha1.FailoverProxy;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.ReconcileResult;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependentResourceConfigBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import org.jspecify.annotations.Nullable;

/** One object of a resource, kept as its {@code desired()} says by server-side apply. */
abstract class Child<R extends HasMetadata>
    extends CRUDKubernetesDependentResource<R, FailoverProxy> {

  Child(Class<R> type) {
    super(type);
    configureWith(
        new KubernetesDependentResourceConfigBuilder<R>()
            // Also for ConfigMaps and Secrets, which the framework would replace whole.
            .withUseSSA(true)
            .withKubernetesDependentInformerConfig(
                InformerConfiguration.builder(type).withLabelSelector(ChildNames.MANAGED).build())
            .build());
  }

  abstract String nameIn(ChildNames names);

  /** Not computed from {@code desired()}: that would make new certificates only to find a name. */
  @Override
  protected ResourceID targetSecondaryResourceID(
      FailoverProxy primary, Context<FailoverProxy> context) {
    var names = ChildNames.of(primary);
    return new ResourceID(nameIn(names), names.namespace());
  }

  @Override
  protected ReconcileResult<R> reconcile(
      FailoverProxy primary, @Nullable R cached, Context<FailoverProxy> context) {
    // The cache holds only what carries our labels and owner; somebody else's object is not in it.
    var existing = cached == null ? read(primary, context) : cached;
    var name = nameIn(ChildNames.of(primary));
    return switch (Adoption.of(existing, primary)) {
      case Absent, Ours, Orphan -> super.reconcile(primary, existing, context);
      case OfPredecessor -> throw ChildRefused.ofPredecessor(kind(), name);
      case Foreign -> throw ChildRefused.foreign(kind(), name);
    };
  }

  /** Applies to the very object that was looked at, not to a successor of the same name. */
  @Override
  public R update(R actual, R desired, FailoverProxy primary, Context<FailoverProxy> context) {
    desired.getMetadata().setUid(actual.getMetadata().getUid());
    return super.update(actual, desired, primary, context);
  }

  private @Nullable R read(FailoverProxy primary, Context<FailoverProxy> context) {
    var names = ChildNames.of(primary);
    return context
        .getClient()
        .resources(resourceType())
        .inNamespace(names.namespace())
        .withName(nameIn(names))
        .get();
  }

  private String kind() {
    return HasMetadata.getKind(resourceType());
  }
}
