package dev.holdfast.floatingip.loop;

import static dev.holdfast.floatingip.hetzner.RunningFake.PROJECT;
import static dev.holdfast.floatingip.hetzner.RunningFake.WRITER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.floatingip.fake.FakeSettings;
import dev.holdfast.floatingip.fake.ServerChange;
import dev.holdfast.floatingip.hetzner.RunningFake;
import dev.holdfast.floatingip.hetzner.apply.Assigner;
import dev.holdfast.floatingip.hetzner.apply.CloudReader;
import dev.holdfast.floatingip.hetzner.apply.PlanApplication;
import dev.holdfast.floatingip.hetzner.apply.PlanApplication.Result;
import dev.holdfast.floatingip.hetzner.assign.AssignmentPolicy;
import dev.holdfast.floatingip.hetzner.assign.Move;
import dev.holdfast.floatingip.hetzner.assign.Outcome;
import dev.holdfast.floatingip.plan.Health;
import dev.holdfast.floatingip.plan.Planner;
import dev.holdfast.floatingip.plan.PlannerPolicy;
import dev.holdfast.floatingip.plan.Strategy;
import dev.holdfast.floatingip.plan.WhenAllUnhealthy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Read, plan, apply, over HTTP: IPs 1 to 4 and servers 41 to 43, all in one zone. */
@Timeout(60)
class FailoverIT {
  private static final PlannerPolicy POLICY =
      new PlannerPolicy(Strategy.MinimalMoves, WhenAllUnhealthy.Keep, false);

  private final Map<Long, Health> health = new HashMap<>();
  private RunningFake fake;

  @BeforeEach
  void start() throws IOException {
    fake = new RunningFake(FakeSettings.defaults());
    List.of(41L, 42L, 43L).forEach(id -> health.put(id, Health.Healthy));
  }

  @AfterEach
  void stop() {
    fake.close();
  }

  @Test
  @DisplayName("when a server dies its IPs, and only they, go to healthy servers and answer there")
  void failover() throws Exception {
    converge();
    var before = servers();
    fake.cloud().change(PROJECT, new ServerChange(41, "off", false, null));
    health.put(41L, Health.Unhealthy);

    var moved = converge();

    assertThat(moved)
        .extracting(Move::floatingIp)
        .containsExactlyElementsOf(
            before.entrySet().stream()
                .filter(entry -> entry.getValue() == 41)
                .map(Map.Entry::getKey)
                .sorted()
                .toList())
        .isNotEmpty();
    assertThat(servers()).doesNotContainValue(41L);
    assertThat(before.keySet()).allMatch(ip -> fake.cloud().reachable(PROJECT, ip));
    assertThat(fake.writes()).allMatch(write -> write.endsWith("/actions/assign 201"));
  }

  @Test
  @DisplayName("L39 a plan that was applied gives an empty plan when the cloud is read again")
  void converges() throws Exception {
    assertThat(converge()).isNotEmpty();
    var writes = fake.writes().size();

    assertThat(converge()).isEmpty();
    assertThat(fake.writes()).hasSize(writes);
  }

  @Test
  @DisplayName("when no server is healthy nothing moves")
  void allUnhealthy() throws Exception {
    health.replaceAll((id, healthy) -> Health.Unhealthy);

    assertThat(converge()).isEmpty();
    assertThat(fake.writes()).isEmpty();
  }

  /** Reads, plans and applies once; the moves that were made. */
  private List<Move> converge() throws Exception {
    var client = fake.client(WRITER);
    var snapshot =
        new CloudReader(client, "environment=demo", "environment=demo")
            .read(Duration.ofSeconds(20));
    var plan =
        Planner.plan(
            CloudView.observed(snapshot.servers(), snapshot.floatingIps(), health), POLICY);
    var moves = new ArrayList<>(CloudView.moves(plan.steps()));
    var assigner = new Assigner(client, fake.pacer(), this::answers, AssignmentPolicy.defaults());
    var results = new PlanApplication(assigner, 4).apply(moves, () -> true);
    assertThat(results).extracting(Result::outcome).allMatch(new Outcome.Moved(true)::equals);
    return moves;
  }

  private boolean answers(String address, Duration timeout) {
    return LongStream.rangeClosed(1, 4)
        .mapToObj(id -> fake.cloud().floatingIp(PROJECT, id))
        .filter(ip -> ip.ip().equals(address) || address.startsWith(ip.ip().split("::")[0] + ":"))
        .allMatch(ip -> fake.cloud().reachable(PROJECT, ip.id()));
  }

  private Map<Long, Long> servers() {
    var servers = new HashMap<Long, Long>();
    for (long id = 1; id <= 4; id++) {
      servers.put(id, fake.cloud().floatingIp(PROJECT, id).server());
    }
    return servers;
  }
}
