package dev.holdfast.operator.failoverproxy;

import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.api.v1alpha1.FailoverProxyStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/** Writes a status by server-side apply: conditions that others added stay. */
final class StatusWriter {

  private StatusWriter() {}

  /**
   * The resource as it was stored.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException also when the resource changed
   *     since it was read: it is then reconciled again
   */
  static FailoverProxy write(
      FailoverProxy read, FailoverProxyStatus status, Context<FailoverProxy> context) {
    var patch = new FailoverProxy();
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(read.getMetadata().getNamespace())
            .withName(read.getMetadata().getName())
            .withResourceVersion(read.getMetadata().getResourceVersion())
            .build());
    patch.setStatus(status);
    return context
        .getClient()
        .resource(patch)
        .subresource("status")
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(context.getControllerConfiguration().fieldManager())
                .withForce(true)
                .build());
  }
}
