package dev.holdfast.operator.floatingipgroup;

import dev.holdfast.api.v1alpha1.FloatingIpGroup;
import dev.holdfast.floatingip.resource.GroupIntent;
import dev.holdfast.floatingip.resource.GroupSetupReader;
import dev.holdfast.health.reference.MissingReference;
import dev.holdfast.operator.floatingipgroup.GroupObstacle.Kind;
import dev.holdfast.operator.resource.Annotations;

/** Finds out what a resource asks for, with its secrets. */
final class Setups {

  static final String APPROVE = "holdfast.dev/approve-plan";

  private final AllowedEndpoints endpoints;
  private final ReferenceReader reader;

  Setups(AllowedEndpoints endpoints, ReferenceReader reader) {
    this.endpoints = endpoints;
    this.reader = reader;
  }

  Setup of(FloatingIpGroup resource) {
    var spec = resource.getSpec();
    var endpoint = spec.provider().hetzner().endpoint();
    try {
      if (!endpoints.allow(endpoint)) {
        return refused(
            Kind.EndpointNotAllowed,
            ("spec.provider.hetzner.endpoint is %s, and tokens may be sent to %s only: have it"
                    + " allowed by the operator's --allowed-hetzner-endpoints, or take it out")
                .formatted(endpoint, String.join(", ", endpoints.endpoints())));
      }
      var references =
          reader.read(resource.getMetadata().getNamespace(), GroupSetupReader.references(spec));
      return new Setup.Ready(GroupSetupReader.read(intent(resource), references), references);
    } catch (MissingReference e) {
      return refused(Kind.ReferenceMissing, String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      return refused(Kind.SpecRefused, String.valueOf(e.getMessage()));
    }
  }

  static boolean isPaused(FloatingIpGroup resource) {
    return resource.getSpec().paused() || Annotations.isPaused(resource);
  }

  private static GroupIntent intent(FloatingIpGroup resource) {
    var metadata = resource.getMetadata();
    return new GroupIntent(
        metadata.getNamespace() + "/" + metadata.getName(),
        resource.getSpec(),
        isPaused(resource),
        Annotations.value(resource, APPROVE).orElse(null));
  }

  private static Setup refused(Kind kind, String message) {
    return new Setup.Refused(new GroupObstacle(kind, message));
  }
}
