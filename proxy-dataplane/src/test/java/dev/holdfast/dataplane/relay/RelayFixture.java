package dev.holdfast.dataplane.relay;

import static org.awaitility.Awaitility.await;

import dev.holdfast.dataplane.relay.RelayEvents.ListenerState;
import dev.holdfast.dataplane.relay.RelayOptions.Listen;
import dev.holdfast.dataplane.relay.access.AccessEntry;
import dev.holdfast.dataplane.relay.access.AccessLog;
import dev.holdfast.dataplane.relay.transport.Transport;
import io.netty.channel.EventLoop;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.awaitility.core.ConditionFactory;

/** A relay on loopback with two event loops, and what it told. */
final class RelayFixture implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(10);
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  record Failed(Target target, RelayEvents.ConnectFailure failure) {}

  final Queue<Failed> failures = new ConcurrentLinkedQueue<>();
  final Queue<ListenerState> listenerStates = new ConcurrentLinkedQueue<>();

  /** The first ones: a soak test makes more of them than memory should hold. */
  final Queue<AccessEntry> accessEntries = new ArrayBlockingQueue<>(100);

  final Transport transport;
  final RelayServer server;
  private final Map<Listen, ListenerState> listeners = new ConcurrentHashMap<>();
  private volatile ListenerState listener = new ListenerState.Closed();
  private volatile Consumer<Failed> onFailure = failed -> {};
  private volatile Consumer<ListenerState> onListener = state -> {};

  private final AccessLog accessLog =
      new AccessLog() {
        @Override
        public boolean isOn() {
          return true;
        }

        @Override
        public void write(AccessEntry entry) {
          accessEntries.offer(entry);
        }
      };

  RelayFixture() {
    this(RelayOptions.defaults("test/relay", "127.0.0.1", 0));
  }

  RelayFixture(RelayOptions options) {
    this(options, 2);
  }

  RelayFixture(RelayOptions options, int threads) {
    this(options, transport(threads));
  }

  /** The transport is closed with this. */
  RelayFixture(RelayOptions options, Transport transport) {
    this.transport = transport;
    server = new RelayServer(transport, events(), accessLog, options);
  }

  RelayFixture(RelayOptions options, Function<EventLoop, NameResolver> names) {
    transport = transport(2);
    server = new RelayServer(transport, events(), accessLog, options, names);
  }

  /** Names are asked of these servers. */
  RelayFixture(RelayOptions options, DnsServerAddressStreamProvider nameServers) {
    transport = transport(2);
    server =
        new RelayServer(
            transport,
            events(),
            accessLog,
            options,
            loop -> new DnsNames(loop, transport, nameServers));
  }

  /** The module's tests run once with each. */
  static Transport transport(int threads) {
    return transport(threads, Transport.Memory.usual());
  }

  static Transport transport(int threads, Transport.Memory memory) {
    try {
      return Transport.open(
          Transport.Choice.valueOf(System.getProperty("relay.transport", "Splice")),
          threads,
          memory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RelayEvents events() {
    return new RelayEvents() {
      @Override
      public void connectFailed(Target target, ConnectFailure failure) {
        failures.add(new Failed(target, failure));
        onFailure.accept(new Failed(target, failure));
      }

      @Override
      public void listenerChanged(Listen listen, ListenerState state) {
        listenerStates.add(state);
        follow(listen, state);
        onListener.accept(state);
      }
    };
  }

  /** The newest, as long as there is one that is not closed. */
  private void follow(Listen listen, ListenerState state) {
    if (!(state instanceof ListenerState.Closed)) {
      listeners.put(listen, state);
      listener = state;
    } else if (listeners.remove(listen) != null && listeners.isEmpty()) {
      listener = state;
    }
  }

  /** Where this is listened on, or why not; closed when nothing is known of it. */
  ListenerState listener(Listen listen) {
    return listeners.getOrDefault(listen, new ListenerState.Closed());
  }

  /** Runs on the event loop, as whoever decides would. */
  void onFailure(Consumer<Failed> action) {
    onFailure = action;
  }

  /** Runs on the event loop that has opened or closed the sockets. */
  void onListener(Consumer<ListenerState> action) {
    onListener = action;
  }

  static Target target(int port, long epoch) {
    return new Target("backend-" + epoch, "127.0.0.1", port, epoch, CONNECT_TIMEOUT);
  }

  RelayFixture open(int backendPort) {
    return open(target(backendPort, 1));
  }

  RelayFixture open(Target target) {
    server.admit(new Admission.Open(target));
    return this;
  }

  ListenerState listener() {
    return listener;
  }

  /** For what takes microseconds, unless the machine has much else to do. */
  static ConditionFactory soon() {
    return await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
  }

  int port() {
    soon().until(() -> listener instanceof ListenerState.Open);
    return ((ListenerState.Open) listener).port();
  }

  Socket connect() throws IOException {
    return connect(port());
  }

  static Socket connect(int port) throws IOException {
    var socket = new Socket();
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PATIENCE.toMillis());
    return socket;
  }

  @Override
  public void close() {
    server.close();
    transport.close();
  }
}
