package dev.holdfast.operator.resource;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.HttpURLConnection;

/** Writes a status by server-side apply: conditions that others added stay. */
public final class StatusWriter {

  private StatusWriter() {}

  /**
   * @param patch empty but for the status
   * @return whether it is stored; not so when the resource has changed since it was read, or is
   *     gone
   */
  public static <P extends CustomResource<?, ?>> boolean write(
      P read, P patch, Context<P> context) {
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(read.getMetadata().getNamespace())
            .withName(read.getMetadata().getName())
            .withResourceVersion(read.getMetadata().getResourceVersion())
            .build());
    try {
      var stored = apply(patch, context);
      // So that the next reconciliation compares with this status, not with an older one.
      context
          .eventSourceRetriever()
          .getControllerEventSource()
          .handleRecentResourceUpdate(ResourceID.fromResource(read), stored, read);
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT
          || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  private static <P extends CustomResource<?, ?>> P apply(P patch, Context<P> context) {
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
