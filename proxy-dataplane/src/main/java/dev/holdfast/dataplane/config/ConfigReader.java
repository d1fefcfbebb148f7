package dev.holdfast.dataplane.config;

import dev.holdfast.api.support.Unsupported;
import dev.holdfast.api.support.UnsupportedFields;
import dev.holdfast.dataplane.failover.FailoverState.Floor;
import dev.holdfast.dataplane.failover.Reason;
import dev.holdfast.manifest.Manifest;
import dev.holdfast.manifest.Problem;
import dev.holdfast.manifest.SpecBinder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a configuration of a manifest, or says everything that is wrong with it. */
public final class ConfigReader {
  private ConfigReader() {}

  public static ConfigResult read(Manifest manifest) {
    try {
      return switch (manifest.kind()) {
        case "FailoverProxy" -> proxy(manifest);
        case "StickyBalancer" -> balancer(manifest);
        default -> notBuilt(manifest, "running a " + manifest.kind());
      };
    } catch (IllegalArgumentException e) {
      return refused(manifest, "spec", String.valueOf(e.getMessage()));
    }
  }

  private static ConfigResult proxy(Manifest manifest) {
    var spec = SpecBinder.failoverProxy(manifest);
    var unsupported = UnsupportedFields.in(spec);
    return unsupported.isEmpty()
        ? new ConfigResult.Accepted(SpecConverter.convert(manifest, spec, floor(manifest)))
        : refused(manifest, unsupported);
  }

  private static ConfigResult balancer(Manifest manifest) {
    var spec = SpecBinder.stickyBalancer(manifest);
    List<Unsupported> unsupported =
        manifest.uid() == null ? List.of() : UnsupportedFields.inCluster(spec);
    return unsupported.isEmpty()
        ? new ConfigResult.Accepted(BalancerConverter.convert(manifest, spec))
        : refused(manifest, unsupported);
  }

  private static ConfigResult notBuilt(Manifest manifest, String what) {
    return refused(
        manifest, "kind", "NotSupported: %s is not built yet, take it out".formatted(what));
  }

  private static ConfigResult refused(Manifest manifest, List<Unsupported> unsupported) {
    return new ConfigResult.Refused(
        unsupported.stream()
            .map(found -> problem(manifest, found.field(), "NotSupported: " + found.advice()))
            .toList());
  }

  /**
   * The operator writes the primary that it knows of, and its epoch, into the status. An epoch
   * above that was given out by replicas that agreed, to a primary that never served.
   */
  private static @Nullable Floor floor(Manifest manifest) {
    var status = manifest.tree().path("status");
    var primary = status.path("primary");
    var highest = status.path("epoch").asLong(0);
    if (highest > primary.path("epoch").asLong(0)) {
      return Floor.ofNobody(highest);
    }
    return primary.path("name").isTextual() && primary.path("epoch").canConvertToLong()
        ? new Floor(
            primary.path("name").asText(),
            primary.path("epoch").asLong(),
            primary.path("reason").asText().equals(Reason.Switchover.name()),
            null)
        : null;
  }

  private static ConfigResult refused(Manifest manifest, String field, String message) {
    return new ConfigResult.Refused(List.of(problem(manifest, field, message)));
  }

  private static Problem problem(Manifest manifest, String field, String message) {
    return new Problem(manifest.file(), 0, field, ResourceKey.of(manifest).toString(), message);
  }
}
