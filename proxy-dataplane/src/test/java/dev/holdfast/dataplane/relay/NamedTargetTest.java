package dev.holdfast.dataplane.relay;

import static dev.holdfast.dataplane.relay.RelayFixture.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.relay.RelayEvents.ConnectFailure.Kind;
import dev.holdfast.dataplane.relay.RelayOptions.OnConnectFailure;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Targets with a name, and a real name server. */
@ExtendWith(NoLeaks.class)
class NamedTargetTest {
  private static final RelayOptions CLOSING =
      RelayOptions.defaults("test/names", "127.0.0.1", 0)
          .withOnConnectFailure(OnConnectFailure.Close);

  @Test
  @DisplayName("F3 a name whose address changes is followed by the next connect")
  void follows() throws Exception {
    try (var names = new TestNameServer();
        var before = TestBackend.saying("before", InetAddress.getByName("127.0.0.2"), 0);
        var after = TestBackend.saying("after", InetAddress.getByName("127.0.0.3"), before.port());
        var relay = new RelayFixture(CLOSING, names.asked())) {
      names.tell("pg.db", "127.0.0.2");
      relay.open(target(before.port(), 1, RelayFixture.CONNECT_TIMEOUT));
      assertThat(greeting(relay, 6)).isEqualTo("before");
      names.tell("pg.db", "127.0.0.3");
      assertThat(greeting(relay, 5)).isEqualTo("after");
      assertThat(after.connections).hasValue(1);
      assertThat(relay.failures).isEmpty();
    }
  }

  @Test
  @DisplayName("F3 a silent name server costs its clients half the timeout, others nothing")
  void silentNameServer() throws Exception {
    var timeout = Duration.ofSeconds(2);
    try (var names = new TestNameServer();
        var other = TestBackend.saying("other");
        var relay = new RelayFixture(CLOSING, names.asked())) {
      names.goSilent();
      relay.open(target(1, 1, timeout));
      var begun = System.nanoTime();
      try (var stuck = relay.connect()) {
        soon().until(() -> relay.server.counts().clients() == 1);
        relay.open(RelayFixture.target(other.port(), 2));
        assertThat(greeting(relay, 5)).isEqualTo("other");
        assertThat(relay.failures).as("the lookup goes on meanwhile").isEmpty();

        assertThat(stuck.getInputStream().read()).isEqualTo(-1);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
            .isBetween(timeout.dividedBy(2), RelayFixture.PATIENCE);
      }
      assertThat(relay.failures.remove().failure().kind()).isEqualTo(Kind.Timeout);
    }
  }

  @Test
  @DisplayName("F3 when the first name server is silent, the second one is asked in time")
  void firstNameServerSilent() throws Exception {
    try (var silent = new TestNameServer();
        var other = new TestNameServer();
        var backend = TestBackend.saying("found");
        var relay = new RelayFixture(CLOSING, TestNameServer.inTurn(silent, other))) {
      silent.goSilent();
      other.tell("pg.db", "127.0.0.1");
      relay.open(target(backend.port(), 1, Duration.ofSeconds(4)));
      assertThat(greeting(relay, 5)).isEqualTo("found");
      assertThat(relay.failures).isEmpty();
    }
  }

  @Test
  @DisplayName("T2 addresses of both families, refused and silent ones, share the one timeout")
  void everyRecord() throws Exception {
    // its port is silent on 127.0.0.1, refused on ::1 and .2, and served on .3
    try (var names = new TestNameServer();
        var hole = new BlackHole();
        var served = TestBackend.saying("served", InetAddress.getByName("127.0.0.3"), hole.port());
        var relay = new RelayFixture(CLOSING, names.asked())) {
      names.tell("pg.db", "::1", "127.0.0.1", "127.0.0.2", "127.0.0.3");
      relay.open(target(hole.port(), 1, Duration.ofSeconds(4)));
      assertThat(greeting(relay, 6)).isEqualTo("served");
      assertThat(served.connections).hasValue(1);
      assertThat(relay.failures).isEmpty();
    }
  }

  @Test
  @DisplayName("F3 a name that has addresses of IPv6 only is connected to")
  void ipv6Only() throws Exception {
    try (var names = new TestNameServer();
        var backend = TestBackend.saying("six", InetAddress.getByName("::1"), 0);
        var relay = new RelayFixture(CLOSING, names.asked())) {
      names.tell("pg.db", "::1");
      relay.open(target(backend.port(), 1, RelayFixture.CONNECT_TIMEOUT));
      assertThat(greeting(relay, 3)).isEqualTo("six");
    }
  }

  private static String greeting(RelayFixture relay, int length) throws Exception {
    try (var client = relay.connect()) {
      return RetryTest.read(client, length);
    }
  }

  private static Target target(int port, long epoch, Duration timeout) {
    return new Target("backend-" + epoch, "pg.db", port, epoch, timeout);
  }
}
