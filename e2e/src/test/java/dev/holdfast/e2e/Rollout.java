package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Objects;

/** The rolling update of a StatefulSet that the operator keeps. */
record Rollout(TestNamespace namespace, String set) {
  private static final String ANNOTATION = "example.com/rolled";

  /** Line of a resource's spec that gives its pods another template. */
  static final String TEMPLATE = "template: {annotations: {%s: \"yes\"}}".formatted(ANNOTATION);

  /** Waits until all pods, so many, are of the template that has {@link #TEMPLATE} and ready. */
  void await(int pods) {
    within(60).ignoreExceptions().until(() -> templateIsNew(found()));
    within(240).until(() -> isDone(found(), pods));
  }

  private StatefulSet found() {
    var sets = namespace.client().apps().statefulSets().inNamespace(namespace.name());
    return Objects.requireNonNull(sets.withName(set).get(), set);
  }

  private static boolean templateIsNew(StatefulSet set) {
    return set.getSpec().getTemplate().getMetadata().getAnnotations().containsKey(ANNOTATION);
  }

  private static boolean isDone(StatefulSet set, int pods) {
    var status = set.getStatus();
    return status.getObservedGeneration() >= set.getMetadata().getGeneration()
        && status.getUpdateRevision().equals(status.getCurrentRevision())
        && Integer.valueOf(pods).equals(status.getReadyReplicas());
  }
}
