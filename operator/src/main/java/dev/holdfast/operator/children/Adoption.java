package dev.holdfast.operator.children;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import org.jspecify.annotations.Nullable;

/** Whose an object is that has the name we want to use. */
enum Adoption {
  /** There is none. */
  Absent,
  /** The resource controls it. */
  Ours,
  /** Ours by its labels, but controlled by nobody: its resource was deleted without it. */
  Orphan,
  /** Controlled by an earlier resource of the same name; the garbage collector removes it. */
  OfPredecessor,
  /** Somebody else's. Never touched. */
  Foreign;

  static Adoption of(@Nullable HasMetadata existing, HasMetadata owner) {
    if (existing == null) {
      return Absent;
    }
    var controller =
        existing.getMetadata().getOwnerReferences().stream()
            .filter(reference -> Boolean.TRUE.equals(reference.getController()))
            .findFirst();
    if (controller.isEmpty()) {
      return carriesOurLabels(existing, owner) ? Orphan : Foreign;
    }
    if (controller.get().getUid().equals(owner.getMetadata().getUid())) {
      return Ours;
    }
    return namesThe(owner, controller.get()) ? OfPredecessor : Foreign;
  }

  private static boolean carriesOurLabels(HasMetadata existing, HasMetadata owner) {
    var labels = existing.getMetadata().getLabels();
    return labels != null
        && "holdfast-operator".equals(labels.get("app.kubernetes.io/managed-by"))
        && owner.getMetadata().getName().equals(labels.get(ChildNames.INSTANCE_LABEL))
        && owner.getKind().equalsIgnoreCase(labels.get(ChildNames.COMPONENT_LABEL));
  }

  private static boolean namesThe(HasMetadata owner, OwnerReference controller) {
    return controller.getKind().equals(owner.getKind())
        && controller.getApiVersion().equals(owner.getApiVersion())
        && controller.getName().equals(owner.getMetadata().getName());
  }
}
