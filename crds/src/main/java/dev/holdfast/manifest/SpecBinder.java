package dev.holdfast.manifest;

import dev.holdfast.api.v1alpha1.FailoverProxySpec;
import dev.holdfast.api.v1alpha1.FloatingIpGroupSpec;
import dev.holdfast.api.v1alpha1.StickyBalancerSpec;

/** Makes typed specs of manifests. */
public final class SpecBinder {
  private SpecBinder() {}

  /**
   * @throws IllegalArgumentException when the manifest is of another kind, or has not been through
   *     a {@link ManifestReader}
   */
  public static FailoverProxySpec failoverProxy(Manifest manifest) {
    return bind(manifest, "FailoverProxy", FailoverProxySpec.class);
  }

  /**
   * @throws IllegalArgumentException as {@link #failoverProxy}
   */
  public static FloatingIpGroupSpec floatingIpGroup(Manifest manifest) {
    return bind(manifest, "FloatingIpGroup", FloatingIpGroupSpec.class);
  }

  /**
   * @throws IllegalArgumentException as {@link #failoverProxy}
   */
  public static StickyBalancerSpec stickyBalancer(Manifest manifest) {
    return bind(manifest, "StickyBalancer", StickyBalancerSpec.class);
  }

  private static <S extends Record> S bind(Manifest manifest, String kind, Class<S> spec) {
    if (!manifest.kind().equals(kind)) {
      throw new IllegalArgumentException("expected a " + kind + ", found " + manifest.resource());
    }
    try {
      return RecordBinder.bind(manifest.tree().required("spec"), spec, "spec");
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "expected a spec that the schema allows, found another in " + manifest.resource(), e);
    }
  }
}
