package dev.holdfast.floatingip.group;

import static dev.holdfast.floatingip.hetzner.RunningFake.PROJECT;
import static dev.holdfast.floatingip.hetzner.RunningFake.STRANGER;
import static dev.holdfast.floatingip.hetzner.RunningFake.WRITER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.floatingip.fake.FakeSettings;
import dev.holdfast.floatingip.fake.JournalEntry;
import dev.holdfast.floatingip.hetzner.ApiSettings;
import dev.holdfast.floatingip.hetzner.ApiToken;
import dev.holdfast.floatingip.hetzner.FastPacer;
import dev.holdfast.floatingip.hetzner.JdkTransport;
import dev.holdfast.floatingip.hetzner.RunningFake;
import dev.holdfast.floatingip.hetzner.assign.AssignmentPolicy;
import dev.holdfast.floatingip.hetzner.assign.Outcome;
import dev.holdfast.floatingip.hetzner.model.CallBudget;
import dev.holdfast.floatingip.loop.ApplyPolicy;
import dev.holdfast.floatingip.loop.ApplyPolicy.Mode;
import dev.holdfast.floatingip.loop.GroupNotice;
import dev.holdfast.floatingip.loop.GroupPolicy;
import dev.holdfast.floatingip.loop.GroupStatus;
import dev.holdfast.floatingip.loop.GroupStatus.ConditionStatus;
import dev.holdfast.floatingip.loop.GroupStatus.ConditionType;
import dev.holdfast.floatingip.plan.PlannerPolicy;
import dev.holdfast.floatingip.plan.Rebalance;
import dev.holdfast.floatingip.plan.Strategy;
import dev.holdfast.floatingip.plan.WhenAllUnhealthy;
import dev.holdfast.health.Schedule;
import dev.holdfast.health.Thresholds;
import dev.holdfast.health.probe.Address;
import dev.holdfast.health.probe.CheckKind;
import dev.holdfast.health.probe.CheckSettings;
import dev.holdfast.health.probe.DecisionLoop;
import dev.holdfast.health.probe.Probe;
import dev.holdfast.health.probe.ProbeResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A whole group over HTTP: IPs 1 to 4 and servers 41 to 43, all in one zone; 4 points nowhere. */
@Timeout(60)
class GroupRunnerIT {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String SELECTOR = "environment=demo";

  private final DecisionLoop decisions = new DecisionLoop();
  private final JdkTransport transport = new JdkTransport(1 << 20);
  private final Set<String> dead = ConcurrentHashMap.newKeySet();
  private final Set<Address> asked = ConcurrentHashMap.newKeySet();
  private final Queue<GroupNotice> notices = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean leads = new AtomicBoolean(true);
  private RunningFake fake;
  private @Nullable GroupRunner runner;

  @BeforeEach
  void open() throws IOException {
    fake = new RunningFake(FakeSettings.defaults(), 0, new FastPacer());
  }

  @AfterEach
  void close() {
    if (runner != null) {
      runner.close();
    }
    decisions.close();
    transport.close();
    fake.close();
  }

  @Test
  @DisplayName("when a server dies its IPs, and only they, go to healthy servers")
  void failover() {
    start(config(WRITER, Mode.Apply, null));
    await(() -> status().inPlace() == 4);
    var before = servers();
    assertThat(before).contains(41L);
    fake.cloud().clearJournal();

    dead.add("192.0.2.41");

    await(() -> status().inPlace() == 4 && !servers().contains(41L));
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i) != 41) {
        assertThat(servers().get(i)).isEqualTo(before.get(i));
      }
    }
    assertThat(fake.writes()).isNotEmpty().allMatch(write -> write.endsWith("/actions/assign 201"));
    assertThat(LongStream.rangeClosed(1, 4)).allMatch(ip -> fake.cloud().reachable(PROJECT, ip));
    assertThat(notices)
        .hasAtLeastOneElementOfType(GroupNotice.ServerUnhealthy.class)
        .hasAtLeastOneElementOfType(GroupNotice.PlanApplied.class);
    assertThat(status().condition(ConditionType.Ready).status()).isEqualTo(ConditionStatus.True);
  }

  @Test
  @DisplayName("L21 a check asks both addresses of a server, over IPv6 the first of its network")
  void families() {
    start(config(WRITER, Mode.Apply, null));
    await(() -> status().inPlace() == 4);

    assertThat(asked)
        .contains(new Address("192.0.2.41", 80), new Address("2001:db8:41:0:0:0:0:1", 80))
        .hasSize(6);
    assertThat(status().servers().getFirst().checks())
        .extracting(check -> check.name() + "/" + check.family() + "/" + check.health())
        .containsExactly("web/ipv4/Healthy", "web/ipv6/Healthy");
  }

  @Test
  @DisplayName("who does not lead reads and writes nothing; who begins to lead reads first")
  void leadership() {
    leads.set(false);
    start(config(WRITER, Mode.Apply, null));
    assertThat(status().condition(ConditionType.Ready).reason()).isEqualTo("NotLeading");
    assertThat(fake.cloud().journal()).isEmpty();

    leads.set(true);
    runner().leadershipChanged();
    await(() -> status().inPlace() == 4);

    var journal = fake.cloud().journal();
    var firstWrite = journal.stream().filter(JournalEntry::write).findFirst().orElseThrow();
    assertThat(journal.subList(0, journal.indexOf(firstWrite)))
        .extracting(JournalEntry::path)
        .contains("/servers", "/floating_ips");

    leads.set(false);
    runner().leadershipChanged();
    var writes = fake.writes().size();
    dead.add("192.0.2.41");
    await(() -> notices.stream().anyMatch(GroupNotice.ServerUnhealthy.class::isInstance));
    assertThat(fake.writes()).hasSize(writes);
  }

  @Test
  @DisplayName("L16 a refused token is a condition, and the right one ends it at once")
  void token() {
    start(config(STRANGER, Mode.Apply, null));
    await(() -> condition(ConditionType.CredentialsValid) == ConditionStatus.False);
    assertThat(status().condition(ConditionType.Ready).reason()).isEqualTo("Unauthorized");
    assertThat(fake.writes()).isEmpty();

    runner().configure(config(WRITER, Mode.Apply, null));

    await(() -> status().inPlace() == 4);
    assertThat(condition(ConditionType.CredentialsValid)).isEqualTo(ConditionStatus.True);
  }

  @Test
  @DisplayName("L40 in mode Plan nothing is changed; in mode Approve a plan is, once it is named")
  void modes() {
    start(config(WRITER, Mode.Plan, null));
    // it waits for the health of all servers, and has a plan before that
    await(() -> condition("PlanOnly"));
    assertThat(status().pendingMoves()).isEqualTo(1);
    var plan = status().plan().orElseThrow();

    runner().configure(config(WRITER, Mode.Approve, "another"));
    await(() -> condition("AwaitingApproval"));
    assertThat(fake.writes()).isEmpty();
    assertThat(status().plan().orElseThrow().id()).isEqualTo(plan.id());

    runner().configure(config(WRITER, Mode.Approve, plan.id()));
    await(() -> status().inPlace() == 4);
    assertThat(fake.writes()).containsExactly("/floating_ips/4/actions/assign 201");
    assertThat(status().lastApplied().orElseThrow().moved()).isEqualTo(1);
  }

  private boolean condition(String reason) {
    return status().condition(ConditionType.PlanConverged).reason().equals(reason);
  }

  private ConditionStatus condition(ConditionType type) {
    return status().condition(type).status();
  }

  private void start(GroupConfig config) {
    var around =
        new GroupSurroundings(
            decisions,
            decisions,
            new TimersPacer(decisions),
            transport,
            (_, address) -> probe(address),
            new Random(1));
    var listener =
        new GroupListener() {
          @Override
          public void noticed(GroupNotice notice, Instant at) {
            notices.add(notice);
          }

          @Override
          public void moveEnded(Outcome outcome) {}

          @Override
          public void changed(GroupStatus status) {}
        };
    runner = new GroupRunner(config, around, leads::get, listener);
    runner.start();
  }

  private Probe probe(Address address) {
    asked.add(address);
    return timeout ->
        CompletableFuture.completedFuture(
            dead.contains(address.host())
                ? new ProbeResult.Failure(ProbeResult.Kind.Refused, "connect refused")
                : new ProbeResult.Success());
  }

  private GroupConfig config(String token, Mode mode, @Nullable String approved) {
    return config(token, mode, approved, SELECTOR);
  }

  private GroupConfig config(
      String token, Mode mode, @Nullable String approved, String floatingIpSelector) {
    var checked =
        new CheckSettings(
            new Schedule(Duration.ofMillis(100), Duration.ofMillis(50)),
            Duration.ofMillis(50),
            new Thresholds(2, 2));
    var policy =
        new GroupPolicy(
            new CallBudget(60, Duration.ofSeconds(2)),
            Duration.ofSeconds(2),
            new PlannerPolicy(Strategy.MinimalMoves, WhenAllUnhealthy.Keep, false),
            new Rebalance.AfterStable(Duration.ofMinutes(5)),
            new ApplyPolicy(mode, false, 0, approved),
            4);
    return new GroupConfig(
        "default/web",
        ApiSettings.of(fake.endpoint(), new ApiToken(token)),
        SELECTOR,
        floatingIpSelector,
        List.of(new GroupCheck("web", new CheckKind.Tcp(80), GroupCheck.Families.Both, checked)),
        new AssignmentPolicy(Duration.ofSeconds(10), Duration.ZERO, 5),
        0,
        policy);
  }

  private GroupRunner runner() {
    return Objects.requireNonNull(runner);
  }

  private GroupStatus status() {
    return runner().status();
  }

  private List<Long> servers() {
    return LongStream.rangeClosed(1, 4)
        .mapToObj(id -> fake.cloud().floatingIp(PROJECT, id).server())
        .toList();
  }

  private static void await(BooleanSupplier condition) {
    Awaitility.await().atMost(LONG).until(condition::getAsBoolean);
  }
}
