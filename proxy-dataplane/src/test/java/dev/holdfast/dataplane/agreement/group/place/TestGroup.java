package dev.holdfast.dataplane.agreement.group.place;

import dev.holdfast.dataplane.FreePorts;
import dev.holdfast.dataplane.admin.access.TestAuthority;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.ReplicatedLog;
import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Ledger;
import dev.holdfast.dataplane.agreement.peer.PeerNetwork;
import dev.holdfast.dataplane.agreement.replica.ProxyMessage;
import dev.holdfast.dataplane.agreement.replica.Replica;
import dev.holdfast.dataplane.agreement.replica.ReplicaAddress;
import dev.holdfast.dataplane.agreement.replica.Replicas.Place;
import dev.holdfast.dataplane.agreement.replica.WireFormat;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The peers of one resource within one process. */
final class TestGroup implements AutoCloseable {
  private final TestAuthority authority = new TestAuthority();
  private final Path directory;
  private final Map<String, Integer> ports = new HashMap<>();
  private final Map<String, Replica<Command, Ledger, ProxyMessage>> replicas = new HashMap<>();
  private final Map<String, CompletableFuture<Replica.Membership<Command, Ledger>>> joining =
      new ConcurrentHashMap<>();
  private final Map<String, Runnable> stops = new ConcurrentHashMap<>();
  private final Map<String, String> left = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> applied = new HashMap<>();
  private List<String> names = List.of();
  private UUID recorded;
  private UUID rebootstrap;

  TestGroup(Path directory) throws Exception {
    this.directory = directory;
  }

  void peers(String... peers) throws IOException {
    names = List.of(peers);
    for (var name : peers) {
      ports.computeIfAbsent(name, _ -> FreePorts.next());
    }
  }

  void recorded(UUID group, UUID givenUp) {
    recorded = group;
    rebootstrap = givenUp;
  }

  private List<ReplicaAddress> addresses() {
    return names.stream()
        .map(name -> new ReplicaAddress(name, "127.0.0.1", ports.get(name)))
        .toList();
  }

  void openAll() throws Exception {
    for (var name : names) {
      if (!replicas.containsKey(name)) {
        open(name);
      }
    }
    configureAll();
  }

  void configureAll() {
    replicas.values().forEach(replica -> replica.configure(addresses()));
  }

  void open(String name) throws Exception {
    var tls = Files.createDirectories(directory.resolve("tls-" + name));
    authority.write(tls, authority.leaf(name + ".peer.pg.default.fop.holdfast"));
    var peers =
        new PeerReplicas(
            tls, InetAddress.getLoopbackAddress(), new SecureRandom(), stoppable(name));
    var place =
        new Place(
            "default/pg",
            "uid",
            name,
            addresses(),
            directory.resolve(name),
            Duration.ofSeconds(3),
            recorded,
            rebootstrap);
    var replica = peers.open(place, WireFormat.ofProxies());
    replicas.put(name, replica);
    applied.put(name, new AtomicLong());
    joining.put(name, new CompletableFuture<>());
    replica.join(new Peer(name));
  }

  private final class Peer implements Replica.Participant<Command, Ledger> {
    private final String name;

    Peer(String name) {
      this.name = name;
    }

    @Override
    public void joined(Replica.Membership<Command, Ledger> place) {
      place.log().onApply(new Counting(applied.get(name)));
      if (!joining.get(name).complete(place)) {
        joining.put(name, CompletableFuture.completedFuture(place));
      }
    }

    @Override
    public void left(String why) {
      left.put(name, why);
    }

    @Override
    public void failed(String why) {
      joining.get(name).completeExceptionally(new IllegalStateException(why));
    }
  }

  private LogFactory stoppable(String name) {
    return new LogFactory() {
      @Override
      public <C, S> ReplicatedLog<C, S> open(
          WireFormat<C, S, ?> format,
          UUID id,
          MemberId self,
          Set<MemberId> initial,
          Path logs,
          PeerNetwork network,
          Consumer<IOException> stopped)
          throws IOException {
        var log = PeerReplicas.log(format, id, self, initial, logs, network, stopped);
        stops.put(
            name,
            () -> {
              log.close();
              stopped.accept(new IOException("no room"));
            });
        return log;
      }
    };
  }

  /** As when its disk is full. */
  void stopLog(String name) {
    stops.get(name).run();
  }

  /** Why this peer's log could not go on; null while it could. */
  String left(String name) {
    return left.get(name);
  }

  CompletableFuture<Replica.Membership<Command, Ledger>> joining(String name) {
    return joining.get(name);
  }

  Replica<Command, Ledger, ProxyMessage> replica(String name) {
    return replicas.get(name);
  }

  void listen(String name, Consumer<ProxyMessage> listener) {
    replicas.get(name).onMessage(listener);
  }

  ReplicatedLog<Command, Ledger> log(String name) {
    return joining.get(name).join().log();
  }

  MemberId self(String name) {
    return joining.get(name).join().self();
  }

  String id(String name) {
    return joining.get(name).join().group();
  }

  Set<MemberId> members(String name) {
    var membership = joining.get(name).getNow(null);
    return membership == null ? Set.of() : membership.log().members();
  }

  long applied(String name) {
    return applied.get(name).get();
  }

  void close(String name) {
    replicas.remove(name).close();
  }

  /** At the same time: each takes a moment that is no processor's. */
  void closeAll() throws Exception {
    var closing = List.copyOf(replicas.values());
    replicas.clear();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var closed : closing.stream().map(one -> threads.submit(one::close)).toList()) {
        closed.get(1, TimeUnit.MINUTES);
      }
    }
  }

  /** The note of whose log it is says something else. */
  void damageLog(String name) throws IOException {
    try (var files = Files.walk(directory.resolve(name))) {
      var note = files.filter(file -> file.endsWith("member")).findFirst().orElseThrow();
      Files.writeString(note, "nonsense");
    }
  }

  void loseDisk(String name) throws IOException {
    try (var files = Files.walk(directory.resolve(name))) {
      var deepestFirst = files.toArray(Path[]::new);
      Arrays.sort(deepestFirst, (one, other) -> other.compareTo(one));
      for (var file : deepestFirst) {
        Files.delete(file);
      }
    }
  }

  @Override
  public void close() throws Exception {
    closeAll();
  }

  private record Counting(AtomicLong count) implements ReplicatedLog.Applier<Command, Ledger> {
    @Override
    public void apply(long index, Command command) {
      count.incrementAndGet();
    }

    @Override
    public Ledger snapshot() {
      return Ledger.empty();
    }

    @Override
    public void install(long index, Ledger snapshot) {}

    @Override
    public void leads(boolean leading) {}

    @Override
    public void membersChanged(Set<MemberId> members) {}
  }
}
