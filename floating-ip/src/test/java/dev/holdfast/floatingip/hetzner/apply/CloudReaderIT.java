package dev.holdfast.floatingip.hetzner.apply;

import static dev.holdfast.floatingip.hetzner.RunningFake.READER;
import static dev.holdfast.floatingip.hetzner.RunningFake.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.floatingip.fake.FakeSettings;
import dev.holdfast.floatingip.fake.Fault;
import dev.holdfast.floatingip.fake.FaultRule;
import dev.holdfast.floatingip.hetzner.ApiException;
import dev.holdfast.floatingip.hetzner.RunningFake;
import dev.holdfast.floatingip.hetzner.model.ApiFailure;
import dev.holdfast.floatingip.hetzner.model.FloatingIp;
import dev.holdfast.floatingip.hetzner.model.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CloudReaderIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private RunningFake fake;

  @BeforeEach
  void start() throws IOException {
    fake = new RunningFake(FakeSettings.defaults());
  }

  @AfterEach
  void stop() {
    fake.close();
  }

  @Test
  @DisplayName("L16 at the start the locations are read, which proves the token")
  void locations() throws Exception {
    assertThat(fake.client(READER).locations(TIMEOUT))
        .extracting(location -> location.name() + " " + location.networkZone())
        .contains("fsn1 eu-central", "ash us-east");
    assertThat(
            catchThrowableOfType(ApiException.class, () -> fake.client(STRANGER).locations(TIMEOUT))
                .failure())
        .isInstanceOf(ApiFailure.Unauthorized.class);
  }

  @Test
  @DisplayName("L17 servers and floating IPs are read with their selectors, all pages")
  void snapshot() throws Exception {
    fake.close();
    fake = new RunningFake(FakeSettings.defaults(), 120);

    var snapshot = reader("environment=demo", "environment in (demo,more)").read(TIMEOUT);

    assertThat(snapshot.servers()).extracting(Server::id).containsExactly(41L, 42L, 43L);
    assertThat(snapshot.servers().getFirst().ipv6Address()).isEqualTo("2001:db8:41:0:0:0:0:1");
    assertThat(snapshot.floatingIps())
        .extracting(FloatingIp::id)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 124).boxed().toList());
    assertThat(snapshot.cost()).isEqualTo(4);
    assertThat(fake.cloud().journal()).hasSize(4);
    assertThat(reader("environment!=demo", "role").read(TIMEOUT).floatingIps()).isEmpty();
  }

  @Test
  @DisplayName("half a snapshot is none")
  void half() {
    fake.fault(FaultRule.next(99, "GET", "/servers", new Fault.Answer(500, "server_error", null)));

    assertThat(
            catchThrowableOfType(ApiException.class, () -> reader("", "").read(TIMEOUT)).failure())
        .isInstanceOf(ApiFailure.ServerError.class);
  }

  @Test
  @DisplayName("a list that is cut short, late or refused for a moment is read again")
  void repeated() throws Exception {
    fake.fault(FaultRule.next(1, "GET", "/floating_ips", new Fault.TruncatedJson()));
    fake.fault(FaultRule.next(1, "GET", "/floating_ips", new Fault.Answer(503, null, null)));
    fake.fault(FaultRule.next(1, "GET", "/servers", new Fault.Delay(2000)));

    assertThat(reader("", "").read(TIMEOUT).floatingIps()).hasSize(4);
  }

  private CloudReader reader(String servers, String ips) {
    return new CloudReader(fake.client(READER), servers, ips);
  }
}
