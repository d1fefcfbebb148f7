package dev.holdfast.dataplane.runtime.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.config.ResourceKey;
import dev.holdfast.dataplane.relay.RelayEvents.ConnectFailure;
import dev.holdfast.dataplane.relay.Target;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ServerFailuresTest {
  private static final ConnectFailure REFUSED =
      new ConnectFailure(ConnectFailure.Kind.Refused, "connection refused");

  private final AtomicLong nanos = new AtomicLong(-7);
  private final ServerFailures failures =
      new ServerFailures(new ResourceKey("StickyBalancer", "default", "game"), nanos::get);

  private static Target server(int port) {
    return new Target("blue", "10.0.0.20", port, 0, Duration.ofSeconds(5));
  }

  @Test
  @DisplayName("A failed connect is told with group and server, and names no epoch")
  void line() {
    assertThat(failures.line(server(5280), REFUSED))
        .contains(
            "StickyBalancer default/game: a client's connect to blue ([10.0.0.20]:5280) failed:"
                + " connection refused");
  }

  @Test
  @DisplayName("Each server is told of once in ten seconds, with how many were not told")
  void rarely() {
    assertThat(failures.line(server(5280), REFUSED)).isPresent();
    assertThat(failures.line(server(5281), REFUSED)).as("another server").isPresent();
    assertThat(failures.line(server(5280), REFUSED)).isEmpty();
    nanos.addAndGet(Duration.ofMillis(9_999).toNanos());
    assertThat(failures.line(server(5280), REFUSED)).isEmpty();
    nanos.addAndGet(Duration.ofMillis(1).toNanos());
    assertThat(failures.line(server(5280), REFUSED))
        .hasValueSatisfying(line -> assertThat(line).endsWith("; 2 more since the last line"));
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    assertThat(failures.line(server(5280), REFUSED))
        .hasValueSatisfying(line -> assertThat(line).endsWith("connection refused"));
  }
}
