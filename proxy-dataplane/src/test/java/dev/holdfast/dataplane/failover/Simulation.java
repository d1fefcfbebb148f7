package dev.holdfast.dataplane.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.failover.FailoverEvent.ConnectFailed;
import dev.holdfast.dataplane.failover.FailoverEvent.HooksEnded;
import dev.holdfast.dataplane.failover.FailoverEvent.PolicyApplied;
import dev.holdfast.dataplane.failover.FailoverEvent.ProbeAnswered;
import dev.holdfast.dataplane.failover.FailoverEvent.SwitchRequested;
import dev.holdfast.dataplane.failover.FailoverEvent.Tick;
import dev.holdfast.dataplane.failover.FailoverEvent.VerdictChanged;
import dev.holdfast.dataplane.failover.FailoverState.Floor;
import dev.holdfast.dataplane.failover.FailoverState.Unfinished;
import dev.holdfast.health.CheckState;
import dev.holdfast.health.Observation;
import dev.holdfast.health.Thresholds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One history: a machine, a network that fails in every way, checks, clients and people. After five
 * minutes of trouble comes a calm in which the network stays as it is.
 */
final class Simulation {
  private static final Instant CALM_AT = Instant.EPOCH.plus(Duration.ofMinutes(5));
  private static final Duration SETTLED = Duration.ofMinutes(3);
  private static final Duration WATCHED = Duration.ofMinutes(5);

  /** Put into words only when somebody reads it. */
  private record Entry(Instant at, String indent, Object what) {
    @Override
    public String toString() {
      return at + " " + indent + what;
    }
  }

  private final Random random;
  private final VirtualQueue queue = new VirtualQueue();
  private final Map<String, FakeBackend> network = new TreeMap<>();
  private final List<Entry> history = new ArrayList<>();
  private final RandomPolicy policies;
  private final Laws laws;
  private FailoverPolicy policy;
  private final HeldClients held;
  private FailoverState state;
  private @Nullable Floor written;
  private int process;
  private boolean calm;
  private boolean retriesAtAdmission;

  Simulation(long seed) {
    random = new Random(seed);
    policies = new RandomPolicy(random);
    policy = policies.first();
    written = random.nextInt(3) == 0 ? new Floor("b" + (1 + random.nextInt(5)), 7) : null;
    state = FailoverState.initial(written);
    laws = new Laws(state.epoch());
    held = new HeldClients(queue, random);
  }

  List<String> history() {
    return history.stream().map(Entry::toString).toList();
  }

  HeldClients held() {
    return held;
  }

  Laws run() {
    send(new PolicyApplied());
    queue.after(Duration.ZERO, this::trouble);
    queue.after(Duration.ZERO, this::client);
    queue.after(Duration.ZERO, held::arrive);
    if (policies.checked()) {
      queue.after(Duration.ZERO, this::checkAll);
    }
    queue.runUntil(CALM_AT);
    beginCalm();
    queue.runUntil(CALM_AT.plus(SETTLED));
    settled();
    var probes = laws.probes();
    queue.runUntil(CALM_AT.plus(SETTLED).plus(WATCHED));
    settled();
    noStorm(laws.probes() - probes);
    return laws;
  }

  private void beginCalm() {
    calm = true;
    apply(RandomPolicy.allActive(policy));
    var lucky = policy.candidates().get(random.nextInt(policy.candidates().size()));
    for (var candidate : policy.candidates()) {
      var backend = backend(candidate);
      var stays = candidate.equals(lucky) || random.nextBoolean();
      backend.network = stays ? FakeBackend.Network.Up : FakeBackend.Network.Refuses;
      backend.sick = false;
    }
    note("calm: " + network.keySet());
  }

  /** Progress: a usable backend is admitted, and where failback is immediate it is the best one. */
  private void settled() {
    var primary = laws.admitted();
    assertThat(primary).as("somebody is admitted in the calm").isNotNull();
    assertThat(backend(primary.backend()).up()).as("and is up").isTrue();
    if (policy.failback() instanceof Failback.Immediate && primary.reason() != Reason.Switchover) {
      var best = policy.candidates().stream().filter(c -> backend(c).up()).findFirst();
      assertThat(primary.name()).as("and is the best").isEqualTo(best.orElseThrow().name());
    }
  }

  private void noStorm(int probes) {
    var perBackend = 2 + WATCHED.toMillis() / policy.recheckInterval().toMillis();
    assertThat((long) probes)
        .as("probes in %s of calm", WATCHED)
        .isLessThanOrEqualTo(perBackend * policy.candidates().size());
  }

  private void trouble() {
    if (calm) {
      return;
    }
    switch (random.nextInt(14)) {
      case 0, 1, 2, 3, 4, 5 -> breakOrMend(anyBackend());
      case 6, 7 -> backend(anyBackend()).sick = random.nextBoolean();
      case 8, 9 -> apply(policies.changed(policy));
      case 10, 11 -> ask(new SwitchRequested(anyBackend().name(), random.nextInt(3) == 0));
      case 12 -> restart();
      default -> nonsense();
    }
    queue.after(Duration.ofMillis(random.nextInt(12_000)), this::trouble);
  }

  /** A refusal changes nothing, and what is told to be admitted is. */
  private void ask(SwitchRequested request) {
    var before = laws.admitted();
    switch (SwitchAnswer.of(send(request), request.to())) {
      case SwitchAnswer.Refused refused ->
          assertThat(laws.admitted()).as("the primary after %s", refused).isEqualTo(before);
      case SwitchAnswer.Admitted(var epoch) -> {
        assertThat(laws.admitted()).isNotNull();
        assertThat(laws.admitted().name()).isEqualTo(request.to());
        assertThat(laws.admitted().epoch()).isEqualTo(epoch);
      }
      case SwitchAnswer.HooksRunning(var epoch) -> assertThat(laws.admitted()).isNull();
      case SwitchAnswer.Asked() -> assertThat(laws.admitted()).isEqualTo(before);
    }
  }

  /** The process is killed; the next one knows what was written down, and nothing else. */
  private void restart() {
    note("restart from " + written);
    process++;
    state = FailoverState.initial(written);
    laws.restarted();
    held.crash();
    network.values().forEach(backend -> backend.check = CheckState.unknown());
    send(new PolicyApplied());
  }

  /** Done only if the process that began it still lives. */
  private void later(Duration delay, Runnable task) {
    var begunBy = process;
    queue.after(
        delay,
        () -> {
          if (process == begunBy) {
            task.run();
          }
        });
  }

  private void breakOrMend(Candidate candidate) {
    var kinds = FakeBackend.Network.values();
    backend(candidate).network =
        random.nextBoolean() ? FakeBackend.Network.Up : kinds[random.nextInt(kinds.length)];
    note(candidate.name() + " is " + backend(candidate).network);
  }

  /** Late, doubled and invented events. */
  private void nonsense() {
    send(new ProbeAnswered(random.nextLong(1 + state.probes()), backend(anyBackend()).outcome()));
    send(new HooksEnded(random.nextLong(1 + state.epoch() / 2), random.nextBoolean(), "late"));
    var before = laws.admitted();
    send(new ConnectFailed(state.epoch() - 1 - random.nextInt(3), failed()));
    assertThat(laws.admitted()).as("a failure of an older epoch ends nothing").isEqualTo(before);
    send(new Tick());
  }

  /** Under RetryNext a client that failed tries again as soon as somebody is admitted. */
  private void client() {
    var target = laws.admitted();
    if (target == null
        || !(backend(target.backend()).clientOutcome() instanceof Outcome.Failed failure)) {
      queue.after(Duration.ofMillis(1 + random.nextInt(2_000)), this::client);
      return;
    }
    queue.after(
        backend(target.backend()).delay(random),
        () -> {
          send(new ConnectFailed(target.epoch(), failure));
          queue.after(Duration.ofMillis(1), this::retry);
        });
  }

  private void retry() {
    if (laws.admitted() == null) {
      retriesAtAdmission = true;
    } else {
      client();
    }
  }

  private void checkAll() {
    for (var candidate : List.copyOf(policy.candidates())) {
      var backend = backend(candidate);
      if (backend.network == FakeBackend.Network.NotAsked) {
        continue;
      }
      Observation seen =
          backend.up() && !backend.sick
              ? new Observation.Passed()
              : new Observation.Failed("check failed");
      var transition = backend.check.observe(seen, new Thresholds(2, 3));
      backend.check = transition.next();
      if (transition.flipped()) {
        send(new VerdictChanged(candidate.name(), backend.check.health(), "check failed"));
      }
    }
    queue.after(Duration.ofMillis(1_800 + random.nextInt(400)), this::checkAll);
  }

  private void apply(FailoverPolicy next) {
    policy = next;
    var endpoints = next.candidates().stream().map(Candidate::endpoint).toList();
    network.forEach((endpoint, backend) -> {
      if (!endpoints.contains(endpoint)) {
        backend.check = CheckState.unknown();
      }
    });
    send(new PolicyApplied());
  }

  private FailoverMachine.Step send(FailoverEvent event) {
    note(event);
    if (event instanceof HooksEnded(var epoch, var aborted, var why)) {
      laws.hooksEnded(epoch, aborted);
    }
    var before = state.wakeAt();
    var step = FailoverMachine.step(state, event, policy, queue.now());
    state = step.state();
    for (var effect : step.effects()) {
      history.add(new Entry(queue.now(), "  ", effect));
      laws.effect(effect, policy, queue.now());
      held.effect(effect);
      carryOut(effect);
    }
    laws.step(state, policy);
    laws.wake(state, queue.now());
    held.check(laws.admitted());
    wakeUp(before);
    return step;
  }

  private void wakeUp(@Nullable Instant before) {
    var at = state.wakeAt();
    if (at != null && !at.equals(before)) {
      later(
          Duration.between(queue.now(), at),
          () -> {
            if (at.equals(state.wakeAt())) {
              send(new Tick());
            }
          });
    }
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.Probe(var probe, var candidate) -> probe(probe, backend(candidate));
      case Effect.RunHooks(var epoch, var reason, var backend, var left) -> {
        written = new Floor(backend.name(), epoch, false, new Unfinished(reason, left));
        hooks(epoch);
      }
      case Effect.RecordPrimary(var primary) ->
          written =
              new Floor(
                  primary.name(), primary.epoch(), primary.reason() == Reason.Switchover, null);
      case Effect.Admit _ -> {
        if (retriesAtAdmission) {
          retriesAtAdmission = false;
          queue.after(Duration.ofMillis(1), this::retry);
        }
      }
      case Effect.CancelHooks _, Effect.Withdraw _, Effect.Sever _, Effect.Tell _ -> {}
    }
  }

  private void probe(long probe, FakeBackend backend) {
    var outcome = backend.outcome();
    if (calm || random.nextInt(30) > 0) {
      later(backend.delay(random), () -> send(new ProbeAnswered(probe, outcome)));
    }
    if (random.nextInt(30) == 0) {
      var late = Duration.ofMillis(random.nextInt(20_000));
      later(late, () -> send(new ProbeAnswered(probe, outcome)));
    }
  }

  /** Some hang, some fail; those that were given up end without a word. */
  private void hooks(long epoch) {
    var hangs = !calm && random.nextInt(10) == 0;
    var aborted = !calm && random.nextInt(5) == 0;
    if (!hangs) {
      later(
          Duration.ofMillis(random.nextInt(3_000)),
          () -> {
            if (laws.hooksRun(epoch)) {
              send(new HooksEnded(epoch, aborted, aborted ? "exit 1" : ""));
            }
          });
    }
  }

  private FakeBackend backend(Candidate candidate) {
    return network.computeIfAbsent(candidate.endpoint(), endpoint -> new FakeBackend());
  }

  private Candidate anyBackend() {
    return policy.candidates().get(random.nextInt(policy.candidates().size()));
  }

  private static Outcome.Failed failed() {
    return new Outcome.Failed(Reason.ConnectRefused, "late");
  }

  private void note(Object what) {
    history.add(new Entry(queue.now(), "", what));
  }
}
