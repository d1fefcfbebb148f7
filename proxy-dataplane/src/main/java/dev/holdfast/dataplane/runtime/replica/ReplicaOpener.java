package dev.holdfast.dataplane.runtime.replica;

import dev.holdfast.dataplane.agreement.replica.Replica;
import dev.holdfast.dataplane.agreement.replica.ReplicaAddress;
import dev.holdfast.dataplane.agreement.replica.ReplicaMessage;
import dev.holdfast.dataplane.agreement.replica.Replicas;
import dev.holdfast.dataplane.agreement.replica.WireFormat;
import dev.holdfast.dataplane.config.AgreementConfig;
import dev.holdfast.dataplane.config.ResourceConfig;
import dev.holdfast.dataplane.config.ResourceKey;
import dev.holdfast.dataplane.metrics.MetricSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Opens the replica of a resource that agrees.
 *
 * @param options null when this process was started without what that needs
 */
public record ReplicaOpener(String instance, @Nullable AgreementOptions options) {

  /**
   * All replicas of the resource.
   *
   * @throws IllegalArgumentException when this process cannot be one of them, and why
   */
  List<ReplicaAddress> addresses(ResourceConfig config, AgreementConfig agreement) {
    var all = configured(config, agreement, expected());
    if (all.stream().noneMatch(address -> address.name().equals(instance))) {
      throw new IllegalArgumentException(
          "expected this data plane, \"%s\", among its peers, found %s; name it with --instance"
              .formatted(instance, all.stream().map(ReplicaAddress::name).toList()));
    }
    return all;
  }

  /**
   * All replicas that there shall be from now on. A pod that is one too many is not among them: it
   * goes when the others have taken it out of their group, and until then it may lead them.
   *
   * @throws IllegalArgumentException when this process cannot follow, and why
   */
  List<ReplicaAddress> next(ResourceConfig config, AgreementConfig agreement) {
    return isOfPod(config)
        ? configured(config, agreement, expected())
        : addresses(config, agreement);
  }

  /** As {@link #next}; none for a resource that this process decides on alone. */
  public List<ReplicaAddress> all(ResourceConfig config) {
    var agreement = config.agreement();
    return agreement == null ? List.of() : next(config, agreement);
  }

  /** Throws as {@link #next} does, if the resource agrees. */
  public void check(ResourceConfig config) {
    all(config);
  }

  private static boolean isOfPod(ResourceConfig config) {
    return config.version().uid() != null;
  }

  private AgreementOptions expected() {
    if (options == null) {
      throw new IllegalArgumentException(
          "replicas agree over mutual TLS and keep a log: start this data plane with --tls-dir and"
              + " --state-dir, or have it decide alone");
    }
    return options;
  }

  private List<ReplicaAddress> configured(
      ResourceConfig config, AgreementConfig agreement, AgreementOptions started) {
    if (!isOfPod(config)) {
      return agreement.peers();
    }
    var pods = started.pods();
    if (pods == null) {
      throw new IllegalArgumentException(
          "pods find each other through a headless Service: start this data plane with"
              + " --peer-service");
    }
    return pods.all(instance, config.key().namespace(), agreement.replicas());
  }

  public Stream<MetricSource> metrics() {
    return options != null && options.replicas() instanceof MetricSource source
        ? Stream.of(source)
        : Stream.of();
  }

  /** A replica that can be opened. */
  public record Opening(Replicas replicas, Replicas.Place place) {

    /**
     * @throws IllegalStateException when it cannot be, and why
     */
    public <C, S, M extends ReplicaMessage> Replica<C, S, M> open(WireFormat<C, S, M> format) {
      return replicas.open(place, format);
    }
  }

  /**
   * @return null for a resource that this process decides on alone, and which then loads nothing of
   *     what agreement needs
   * @throws IllegalArgumentException when this process cannot be one of the replicas, and why
   */
  public @Nullable Opening opening(ResourceConfig config) {
    var agreement = config.agreement();
    if (agreement == null) {
      requireAlone(config);
      return null;
    }
    var started = expected();
    var key = config.key();
    return new Opening(
        started.replicas(),
        new Replicas.Place(
            key.namespace() + "/" + key.name(),
            config.version().uid(),
            instance,
            addresses(config, agreement),
            started.directory().resolve(directory(key)),
            agreement.leaseDuration(),
            agreement.recorded().id(),
            agreement.recorded().givenUp()));
  }

  /** Those of FailoverProxies were there first. No name holds an underscore. */
  private static String directory(ResourceKey key) {
    return key.kind().equals("FailoverProxy")
        ? key.namespace() + "." + key.name()
        : "%s_%s_%s".formatted(key.kind(), key.namespace(), key.name());
  }

  /** A file may be older than the pod that reads it, and the others may have a primary. */
  private void requireAlone(ResourceConfig config) {
    if (isOfPod(config) && options != null && options.pods() != null) {
      throw new IllegalArgumentException(
          "this pod was made to agree with others, by --peer-service, and what it reads says that"
              + " it decides alone: expected a newer configuration, or a pod without that option");
    }
  }
}
