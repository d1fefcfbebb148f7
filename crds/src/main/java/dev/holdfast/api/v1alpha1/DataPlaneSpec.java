package dev.holdfast.api.v1alpha1;

import org.jspecify.annotations.Nullable;

/** What the specs of kinds that pods run have in common. */
public sealed interface DataPlaneSpec permits FailoverProxySpec, StickyBalancerSpec {

  int replicas();

  ServiceTemplate service();

  PodOverlay template();

  @Nullable ConfigMapRef scripts();

  Shutdown shutdown();

  @Nullable Admin admin();

  boolean paused();
}
