package dev.holdfast.operator.floatingipgroup;

import dev.holdfast.api.v1alpha1.FloatingIpGroup;
import dev.holdfast.api.v1alpha1.FloatingIpGroupSpec.DeletionPolicy;
import dev.holdfast.floatingip.resource.Unassignment.Outcome;
import dev.holdfast.operator.events.EventQueue;
import dev.holdfast.operator.events.Notice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import java.util.Optional;

/**
 * What is done before a resource is gone. Only a resource that wants its IPs taken off their
 * servers is held back, and never for long: what cannot be done is told in an Event and let go.
 */
final class Deletion {

  static final String FINALIZER = "holdfast.dev/unassign";

  private final KubernetesClient client;
  private final Setups setups;
  private final Groups groups;
  private final EventQueue events;

  Deletion(KubernetesClient client, Setups setups, Groups groups, EventQueue events) {
    this.client = client;
    this.setups = setups;
    this.groups = groups;
    this.events = events;
  }

  /** The resource with the finalizer that it needs, and no other of ours. */
  FloatingIpGroup prepare(FloatingIpGroup resource) {
    var wanted = resource.getSpec().deletionPolicy() == DeletionPolicy.Unassign;
    if (wanted == resource.hasFinalizer(FINALIZER)) {
      return resource;
    }
    return wanted
        ? PrimaryUpdateAndCacheUtils.addFinalizer(client, resource, FINALIZER)
        : PrimaryUpdateAndCacheUtils.removeFinalizer(client, resource, FINALIZER);
  }

  /** For a resource that is marked for deletion; again until it is gone. */
  void carryOut(FloatingIpGroup resource) {
    if (!resource.hasFinalizer(FINALIZER)) {
      groups.stop(resource);
      return;
    }
    farewell(resource)
        .ifPresent(notice -> {
          events.write(resource, notice);
          PrimaryUpdateAndCacheUtils.removeFinalizer(client, resource, FINALIZER);
        });
  }

  /** Empty as long as it is being done. */
  private Optional<Notice> farewell(FloatingIpGroup resource) {
    if (mayNot(resource)) {
      groups.stop(resource);
      return Optional.of(left("it is paused, or its mode is not Apply"));
    }
    return switch (setups.of(resource)) {
      case Setup.Refused(var obstacle) -> {
        groups.stop(resource);
        yield Optional.of(left(obstacle.message()));
      }
      case Setup.Ready ready -> groups.unassign(resource, ready.group()).map(Deletion::notice);
    };
  }

  private static boolean mayNot(FloatingIpGroup resource) {
    return Setups.isPaused(resource)
        || switch (resource.getSpec().mode()) {
          case Apply -> false;
          case Plan, Approve -> true;
        };
  }

  static Notice notice(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done(var count) -> {
        var note = "%d floating IPs were taken off their servers".formatted(count);
        yield new Notice(Notice.Type.Normal, "Unassigned", "Unassigned", note, note);
      }
      case Outcome.GivenUp(var reason) -> left(reason);
    };
  }

  private static Notice left(String reason) {
    var note = "floating IPs stay where they are, though deletionPolicy is Unassign: " + reason;
    return new Notice(Notice.Type.Warning, "UnassignFailed", "LeftAlone", note, note);
  }
}
