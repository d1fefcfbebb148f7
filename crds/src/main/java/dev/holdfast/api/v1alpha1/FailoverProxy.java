package dev.holdfast.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** Relays all clients to one primary and moves to another when it fails. */
@Group("holdfast.dev")
@Version("v1alpha1")
@ShortNames("fop")
public class FailoverProxy extends CustomResource<FailoverProxySpec, FailoverProxyStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;
}
