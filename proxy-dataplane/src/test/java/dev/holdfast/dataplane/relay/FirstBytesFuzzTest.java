package dev.holdfast.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.relay.RelayOptions.FirstBytes;
import dev.holdfast.dataplane.relay.RelayOptions.FirstBytes.OnShort;
import dev.holdfast.dataplane.relay.proxyprotocol.Network;
import dev.holdfast.dataplane.relay.proxyprotocol.ProxyProtocol;
import dev.holdfast.dataplane.relay.proxyprotocol.ProxyProtocol.Accept;
import dev.holdfast.dataplane.relay.proxyprotocol.ProxyProtocol.Send;
import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(NoLeaks.class)
class FirstBytesFuzzTest {
  private static final int CLIENTS = 12;
  private static final byte[] BANNER = "220 ready\r\n".getBytes();

  /** How one client behaves. Who says nothing has a header, so that nobody waits for one. */
  private record Behaviour(
      int number, byte[] says, int piece, int pauseMicros, boolean header, boolean endsAtOnce) {

    static Behaviour random(int number, FirstBytes firstBytes, Random random) {
      var length =
          switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> random.nextInt(firstBytes.end());
            case 2 -> firstBytes.end();
            case 3 -> firstBytes.end() + random.nextInt(20_000);
            default -> 200_000;
          };
      var bytesAlone = length < 2_000 && random.nextBoolean();
      return new Behaviour(
          number,
          new Stream(random.nextLong()).slice(0, length),
          bytesAlone ? 1 : 1 + random.nextInt(6_000),
          random.nextInt(3) == 0 ? random.nextInt(400) : 0,
          length == 0 || random.nextBoolean(),
          random.nextBoolean());
    }

    byte[] all() {
      if (!header) {
        return says;
      }
      var line = "PROXY TCP4 192.0.2.7 198.51.100.1 %d 443\r\n".formatted(number).getBytes();
      var all = Arrays.copyOf(line, line.length + says.length);
      System.arraycopy(says, 0, all, line.length, says.length);
      return all;
    }
  }

  private final Map<Integer, byte[]> shown = new ConcurrentHashMap<>();

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("S17 S18 whatever clients say, they are routed by it, and it passes unchanged")
  void unchanged(long seed) throws Exception {
    var random = new Random(seed);
    var start = random.nextInt(3) * random.nextInt(500);
    var firstBytes =
        new FirstBytes(
            start,
            start + 1 + random.nextInt(random.nextBoolean() ? 20 : FirstBytes.LONGEST - start),
            Duration.ofMillis(random.nextBoolean() ? 20 : 300),
            random.nextInt(3) == 0 ? OnShort.Reject : OnShort.UseIP);
    try (var backend = greetingEcho();
        var relay = routing(backend.port(), firstBytes);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var port = relay.port();
      var clients = new ArrayList<Callable<Void>>();
      for (var i = 1; i <= CLIENTS; i++) {
        var behaviour = Behaviour.random(i, firstBytes, random);
        clients.add(() -> {
          play(port, behaviour, firstBytes);
          return null;
        });
      }
      for (var client : threads.invokeAll(clients)) {
        client.get();
      }
      assertThat(backend.errors).isEmpty();
    }
  }

  /** {@code -Drelay.seeds=1000} for a long search. */
  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("relay.seeds", 12));
  }

  private void play(int port, Behaviour behaviour, FirstBytes firstBytes) throws Exception {
    try (var client = RelayFixture.connect(port)) {
      client.setTcpNoDelay(true);
      var speaker = Thread.ofVirtual().start(() -> speak(client, behaviour));
      var heard = hear(client, behaviour);
      speaker.join();
      var slice = shown.get(behaviour.header ? behaviour.number : client.getLocalPort());
      check(behaviour, firstBytes, slice, heard);
    }
  }

  /** Who does not end at once ends when it has been greeted, in {@link #hear}. */
  private static void speak(Socket client, Behaviour behaviour) {
    var all = behaviour.all();
    try {
      for (var at = 0; at < all.length; at += behaviour.piece) {
        client.getOutputStream().write(all, at, Math.min(behaviour.piece, all.length - at));
        LockSupport.parkNanos(behaviour.pauseMicros * 1_000L);
      }
      if (behaviour.endsAtOnce) {
        client.shutdownOutput();
      }
    } catch (Exception rejected) {
      // what it heard is checked
    }
  }

  /**
   * What came back; nothing when it was rejected, which a client that still speaks sees as reset.
   */
  private static byte[] hear(Socket client, Behaviour behaviour) throws Exception {
    var heard = new ByteArrayOutputStream();
    try {
      var in = client.getInputStream();
      heard.write(in.readNBytes(BANNER.length));
      heard.write(in.readNBytes(behaviour.says.length));
      if (!behaviour.endsAtOnce && heard.size() > 0) {
        client.shutdownOutput();
      }
      heard.write(in.readAllBytes());
    } catch (SocketException reset) {
      assertThat(heard.size()).isZero();
    }
    return heard.toByteArray();
  }

  private static void check(
      Behaviour behaviour, FirstBytes firstBytes, byte[] slice, byte[] heard) {
    var enough = behaviour.says.length >= firstBytes.end();
    if (slice == null) {
      assertThat(firstBytes.onShort()).as("rejected").isEqualTo(OnShort.Reject);
      assertThat(heard).isEmpty();
      return;
    }
    var expected = Arrays.copyOf(BANNER, BANNER.length + behaviour.says.length);
    System.arraycopy(behaviour.says, 0, expected, BANNER.length, behaviour.says.length);
    assertThat(heard).isEqualTo(expected);
    var said =
        enough
            ? Arrays.copyOfRange(behaviour.says, firstBytes.start(), firstBytes.end())
            : new byte[0];
    // who is slow may not have said it in time
    if (!enough || slice.length > 0) {
      assertThat(slice).isEqualTo(said);
    } else {
      assertThat(firstBytes.onShort()).isEqualTo(OnShort.UseIP);
    }
  }

  private static TestBackend greetingEcho() {
    return TestBackend.running(connection -> {
      connection.getOutputStream().write(BANNER);
      connection.getInputStream().transferTo(connection.getOutputStream());
      connection.shutdownOutput();
    });
  }

  private RelayFixture routing(int backend, FirstBytes firstBytes) {
    var options =
        RelayOptions.defaults("test/first", "127.0.0.1", 0)
            .withFirstBytes(firstBytes)
            .withProxyProtocol(
                new ProxyProtocol(
                    Accept.Optional,
                    Send.None,
                    List.of(Network.parse("127.0.0.0/8")),
                    RelayFixture.PATIENCE));
    var relay = new RelayFixture(options);
    var target = new Target("blue", "127.0.0.1", backend, 0, RelayFixture.CONNECT_TIMEOUT);
    relay.server.admit(
        new Admission.Routed(visit -> {
          shown.put(visit.client().getPort(), visit.firstBytes());
          return new Admission.Open(target, Lease.forever(), Claim.NONE);
        }));
    return relay;
  }
}
