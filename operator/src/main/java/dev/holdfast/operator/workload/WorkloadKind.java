package dev.holdfast.operator.workload;

import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.api.v1alpha1.StickyBalancer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Locale;
import java.util.function.Function;

/**
 * A kind of resource that pods run.
 *
 * @param shortName as people type it for kubectl; part of the names of objects
 */
public record WorkloadKind<P extends HasMetadata>(
    Class<P> type, String shortName, Function<P, Workload> view) {

  public static final WorkloadKind<FailoverProxy> PROXY =
      new WorkloadKind<>(FailoverProxy.class, "fop", ProxyWorkload::new);

  public static final WorkloadKind<StickyBalancer> BALANCER =
      new WorkloadKind<>(StickyBalancer.class, "stb", BalancerWorkload::new);

  public Workload of(P resource) {
    return view.apply(resource);
  }

  /** As Kubernetes writes it, such as {@code FailoverProxy}. */
  public String name() {
    return HasMetadata.getKind(type);
  }

  /** The label by which its objects are told from those of other kinds. */
  public String component() {
    return name().toLowerCase(Locale.ROOT);
  }
}
