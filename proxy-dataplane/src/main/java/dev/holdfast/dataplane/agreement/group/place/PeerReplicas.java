package dev.holdfast.dataplane.agreement.group.place;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.ReplicatedLog;
import dev.holdfast.dataplane.agreement.peer.PeerLimits;
import dev.holdfast.dataplane.agreement.peer.PeerNetwork;
import dev.holdfast.dataplane.agreement.peer.PeerOptions;
import dev.holdfast.dataplane.agreement.peer.TlsPeerNetwork;
import dev.holdfast.dataplane.agreement.raft.LogDamaged;
import dev.holdfast.dataplane.agreement.raft.LogOptions;
import dev.holdfast.dataplane.agreement.raft.RaftLog;
import dev.holdfast.dataplane.agreement.raft.RemovedFromGroup;
import dev.holdfast.dataplane.agreement.replica.Replica;
import dev.holdfast.dataplane.agreement.replica.ReplicaAddress;
import dev.holdfast.dataplane.agreement.replica.ReplicaMessage;
import dev.holdfast.dataplane.agreement.replica.Replicas;
import dev.holdfast.dataplane.agreement.replica.WireFormat;
import dev.holdfast.dataplane.config.ResourceKey;
import dev.holdfast.dataplane.metrics.MetricSink;
import dev.holdfast.dataplane.metrics.MetricSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Replicas that talk over mutual TLS and keep a Raft log. Safe for use by many threads. */
public final class PeerReplicas implements Replicas, MetricSource {
  private final Path tlsDir;
  private final InetAddress address;
  private final RandomGenerator random;
  private final LogFactory logs;
  private final Map<ResourceKey, TlsPeerNetwork> networks = new ConcurrentHashMap<>();

  /**
   * @param tlsDir with {@code ca.crt}, {@code tls.crt} and {@code tls.key}
   * @param address listened on for peers, with each place's own port
   * @param random for pauses and the numbers of disks, of which no two may be the same; safe for
   *     use by many threads
   */
  public PeerReplicas(Path tlsDir, InetAddress address, RandomGenerator random) {
    this(tlsDir, address, random, PeerReplicas::log);
  }

  PeerReplicas(Path tlsDir, InetAddress address, RandomGenerator random, LogFactory logs) {
    this.tlsDir = tlsDir;
    this.address = address;
    this.random = random;
    this.logs = logs;
  }

  @Override
  public <C, S, M extends ReplicaMessage> Replica<C, S, M> open(
      Place place, WireFormat<C, S, M> format) {
    var self =
        place.all().stream()
            .filter(peer -> peer.name().equals(place.self()))
            .findFirst()
            .orElseThrow(() ->
                new IllegalStateException(
                    "expected %s among the peers %s; name it there, or give it another name"
                        .formatted(place.self(), names(place.all()))));
    if (place.all().size() < 2) {
      throw new IllegalStateException("expected more peers than " + place.self() + " alone");
    }
    var file = MemberFile.open(place, random);
    var resource = resource(place, format.kind());
    var network = network(place, self, resource);
    networks.put(resource, network);
    var connected =
        new Connected(network, network::configure, () -> networks.remove(resource, network));
    return new GroupReplica<>(place, format, file, connected, logs, UUID::randomUUID);
  }

  private static List<String> names(List<ReplicaAddress> all) {
    return all.stream().map(ReplicaAddress::name).toList();
  }

  private static ResourceKey resource(Place place, String kind) {
    var slash = place.resource().indexOf('/');
    return new ResourceKey(
        kind, place.resource().substring(0, slash), place.resource().substring(slash + 1));
  }

  private TlsPeerNetwork network(Place place, ReplicaAddress self, ResourceKey resource) {
    var options =
        new PeerOptions(
            place.self(),
            resource,
            Objects.requireNonNullElse(place.uid(), ""),
            new InetSocketAddress(address, self.port()),
            tlsDir,
            PeerLimits.standard());
    try {
      return TlsPeerNetwork.start(options, random);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException(place.resource() + ": " + e.getMessage(), e);
    }
  }

  static <C, S> ReplicatedLog<C, S> log(
      WireFormat<C, S, ?> format,
      UUID group,
      MemberId self,
      Set<MemberId> initial,
      Path directory,
      PeerNetwork network,
      Consumer<IOException> stopped)
      throws IOException {
    try {
      return RaftLog.open(
          LogOptions.of(group, self, initial, directory, format.entriesApart()),
          format.commands(),
          format.states(),
          network,
          why ->
              stopped.accept(why instanceof RemovedFromGroup ? new LogFactory.Removed(why) : why));
    } catch (LogDamaged e) {
      throw new LogFactory.Damaged(e);
    }
  }

  @Override
  public void collect(MetricSink sink) {
    networks.values().forEach(network -> network.collect(sink));
  }
}
