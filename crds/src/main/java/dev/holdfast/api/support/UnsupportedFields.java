package dev.holdfast.api.support;

import dev.holdfast.api.v1alpha1.FailoverProxySpec;
import dev.holdfast.api.v1alpha1.StickyBalancerSpec;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The one list of what a resource may say and this version does not do. Operator and data plane
 * refuse the same resources by it, so that nothing is ignored silently.
 */
public final class UnsupportedFields {
  private static final String TAKE_OUT = "not built yet, take it out";
  private static final String OUTSIDE = "means something outside a cluster only, take it out";

  private static final List<Function<FailoverProxySpec, Stream<Unsupported>>> EVERYWHERE =
      List.of(field("spec.discovery", spec -> spec.discovery() != null));

  private static final List<Function<FailoverProxySpec, Stream<Unsupported>>> IN_A_CLUSTER =
      List.of(field("spec.peers", spec -> !spec.peers().isEmpty(), OUTSIDE));

  private static final List<Function<StickyBalancerSpec, Stream<Unsupported>>>
      BALANCERS_IN_CLUSTER = List.of(field("spec.peers", spec -> !spec.peers().isEmpty(), OUTSIDE));

  private UnsupportedFields() {}

  /** What no data plane does, in the order of the list above. */
  public static List<Unsupported> in(FailoverProxySpec spec) {
    return EVERYWHERE.stream().flatMap(rule -> rule.apply(spec)).toList();
  }

  /** What the operator does not do, either. */
  public static List<Unsupported> inCluster(FailoverProxySpec spec) {
    return Stream.concat(EVERYWHERE.stream(), IN_A_CLUSTER.stream())
        .flatMap(rule -> rule.apply(spec))
        .toList();
  }

  /** What neither the operator does, nor a pod. */
  public static List<Unsupported> inCluster(StickyBalancerSpec spec) {
    return BALANCERS_IN_CLUSTER.stream().flatMap(rule -> rule.apply(spec)).toList();
  }

  private static <S> Function<S, Stream<Unsupported>> field(String path, Predicate<S> set) {
    return field(path, set, TAKE_OUT);
  }

  private static <S> Function<S, Stream<Unsupported>> field(
      String path, Predicate<S> set, String advice) {
    return spec -> set.test(spec) ? Stream.of(new Unsupported(path, advice)) : Stream.empty();
  }
}
