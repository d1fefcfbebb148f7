package dev.holdfast.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true, https = false)
class RenewedLeaseTest {
  private static final Duration DEADLINE = Duration.ofSeconds(35);

  KubernetesClient client;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));

  private LeaderElectionRecord leader() {
    var at = now.get().atZone(ZoneOffset.UTC);
    return new LeaderElectionRecord("op-0", Duration.ofSeconds(45), at, at, 0);
  }

  @Test
  @DisplayName("a Lease is certain for a while after each time that it was stored, and no longer")
  void fresh() {
    var lease = new RenewedLease("ns", "holdfast", "op-0", now::get);
    assertThat(lease.isFresh(DEADLINE)).isFalse();

    lease.create(client, leader());
    assertThat(lease.isFresh(DEADLINE)).isTrue();
    now.set(now.get().plusSeconds(35));
    assertThat(lease.isFresh(DEADLINE)).isFalse();

    lease.get(client);
    lease.update(client, leader());
    assertThat(lease.isFresh(DEADLINE)).isTrue();
  }
}
