package dev.holdfast.dataplane.runtime.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.agreement.replica.ReplicaAddress;
import dev.holdfast.health.probe.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CompanionsTest {
  private final List<Runnable> waiting = new ArrayList<>();
  private final List<List<ReplicaAddress>> told = new ArrayList<>();

  @Test
  @DisplayName("Who comes is told at once")
  void more() {
    var companions = companions("db-0", 3);
    companions.follow(pods(5));
    assertThat(told).containsExactly(pods(5));
    assertThat(companions.leaving()).isFalse();
  }

  @Test
  @DisplayName("Who is to go is not ready at once, and told later that it goes; once")
  void fewer() {
    var leaver = companions("db-4", 5);
    leaver.follow(pods(3));
    leaver.follow(pods(3));
    assertThat(leaver.leaving()).isTrue();
    assertThat(told).isEmpty();
    assertThat(waiting).hasSize(1);
    waiting.removeFirst().run();
    assertThat(told).containsExactly(pods(3));
    assertThat(leaver.leaving()).isTrue();
  }

  @Test
  @DisplayName("Who is to go and then is not, stays")
  void again() {
    var companions = companions("db-4", 5);
    companions.follow(pods(3));
    companions.follow(pods(5));
    assertThat(companions.leaving()).isFalse();
    assertThat(waiting).isEmpty();
    assertThat(told).containsExactly(pods(5));
  }

  private Companions companions(String self, int pods) {
    var timers =
        new Timers() {
          @Override
          public Instant now() {
            return Instant.EPOCH;
          }

          @Override
          public Timer after(Duration delay, Runnable task) {
            waiting.add(task);
            return () -> waiting.remove(task);
          }
        };
    return new Companions(timers, told::add, self, pods(pods));
  }

  private static List<ReplicaAddress> pods(int count) {
    return new PodPeers("db-pods", 7947).all("db-0", "prod", count);
  }
}
