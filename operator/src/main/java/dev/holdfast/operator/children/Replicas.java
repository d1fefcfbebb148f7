package dev.holdfast.operator.children;

import dev.holdfast.api.v1alpha1.FailoverProxySpec;
import dev.holdfast.api.v1alpha1.Selection;

/** Whether the pods of a resource decide together. */
public final class Replicas {

  private static final int ENOUGH = 3;

  private Replicas() {}

  public static boolean agree(FailoverProxySpec spec) {
    return switch (spec.agreement().mode()) {
      case None -> false;
      case Raft -> true;
      case Auto -> spec.selection().mode() == Selection.Mode.Primary && spec.replicas() >= ENOUGH;
    };
  }
}
