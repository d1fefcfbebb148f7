package dev.holdfast.dataplane.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.failover.Candidate.Wish;
import dev.holdfast.health.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Watches one history and fails at the first step that breaks a law. */
final class Laws {
  private static final int MAX_CHOICES_PER_SECOND = 15;
  private final Map<Long, Reason> hooksStarted = new HashMap<>();
  private final Set<Long> hooksRunning = new HashSet<>();
  private final Set<Long> ended = new HashSet<>();
  private final Set<Long> hooksPassed = new HashSet<>();
  private final Deque<Instant> newestChoices = new ArrayDeque<>();
  private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);
  private @Nullable Primary admitted;
  private @Nullable Primary recorded;
  private long newestEpoch;
  private long newestProbe;
  private int probes;
  private boolean recordedAgain;
  private int restarts;
  private int hooksAgain;

  Laws(long floorEpoch) {
    newestEpoch = floorEpoch;
  }

  Set<Reason> reasons() {
    return reasons;
  }

  /** Probes since the start. */
  int probes() {
    return probes;
  }

  @Nullable Primary admitted() {
    return admitted;
  }

  /** The last hook of this epoch has ended. */
  void hooksEnded(long epoch, boolean aborted) {
    if (hooksRunning.remove(epoch) && !aborted) {
      hooksPassed.add(epoch);
    }
  }

  /** A process ended, and another one begins from what was written down. */
  void restarted() {
    restarts++;
    admitted = null;
    recorded = null;
    hooksRunning.clear();
    newestProbe = 0;
  }

  boolean hooksRun(long epoch) {
    return hooksRunning.contains(epoch);
  }

  int restarts() {
    return restarts;
  }

  int hooksAgain() {
    return hooksAgain;
  }

  void effect(Effect effect, FailoverPolicy policy, Instant now) {
    switch (effect) {
      case Effect.Probe(var probe, var backend) -> {
        assertThat(probe).as("probe numbers grow").isGreaterThan(newestProbe);
        assertThat(backend.wish()).as("only Active backends are probed").isEqualTo(Wish.Active);
        newestProbe = probe;
        probes++;
      }
      case Effect.RunHooks(var epoch, var reason, var backend, var left) -> {
        assertThat(admitted).as("nobody is admitted while hooks run").isNull();
        assertThat(hooksRunning).as("hooks of one epoch at a time").isEmpty();
        assertThat(ended).as("epochs whose hooks had ended").doesNotContain(epoch);
        assertThat(epoch).as("hooks of the newest epoch").isEqualTo(newestEpoch);
        hooksStarted.put(epoch, reason);
        hooksRunning.add(epoch);
      }
      case Effect.CancelHooks(var epoch) ->
          assertThat(hooksRunning.remove(epoch)).as("cancelled hooks were running").isTrue();
      case Effect.Withdraw() -> admitted = null;
      case Effect.RecordPrimary(var primary) -> {
        recorded = primary;
        recordedAgain = !ended.add(primary.epoch());
      }
      case Effect.Admit(var primary) -> admit(primary, policy);
      case Effect.Tell(Notice.Chosen(var backend, var epoch, var reason)) -> {
        assertThat(epoch).as("epochs strictly grow").isGreaterThan(newestEpoch);
        newestEpoch = epoch;
        chosenAt(now);
      }
      case Effect.Tell(Notice.HooksAgain again) -> hooksAgain++;
      case Effect.Tell _, Effect.Sever _ -> {}
    }
  }

  /** However backends and clients behave, primaries do not follow one another without end. */
  private void chosenAt(Instant now) {
    newestChoices.addLast(now);
    if (newestChoices.size() > MAX_CHOICES_PER_SECOND) {
      assertThat(Duration.between(newestChoices.removeFirst(), now))
          .as("time for %d choices", MAX_CHOICES_PER_SECOND)
          .isGreaterThan(Duration.ofSeconds(1));
    }
  }

  private void admit(Primary primary, FailoverPolicy policy) {
    assertThat(recorded).as("recorded before it is admitted").isEqualTo(primary);
    assertThat(primary.epoch()).as("of the epoch given out last").isEqualTo(newestEpoch);
    assertThat(hooksRunning).as("no hook runs when clients are admitted").isEmpty();
    var begun = hooksStarted.get(primary.epoch());
    var cause = begun == null ? primary.reason() : begun;
    var hooked =
        !recordedAgain
            && (begun != null || primary.reason() != Reason.Resumed)
            && policy.hooks().on().contains(cause.trigger());
    if (hooked) {
      assertThat(hooksPassed).as("admitted after its hooks ended").contains(primary.epoch());
    }
    reasons.add(primary.reason());
    admitted = primary;
  }

  /** Holds after every step. */
  void step(FailoverState state, FailoverPolicy policy) {
    var primary = state.primary().orElse(null);
    assertThat(Objects.toString(name(admitted))).isEqualTo(Objects.toString(name(primary)));
    if (primary == null) {
      return;
    }
    var configured = policy.candidate(primary.name()).orElseThrow();
    assertThat(configured.samePlace(primary.backend())).as("the primary is configured").isTrue();
    assertThat(configured.active()).as("the primary is Active").isTrue();
    if (primary.reason() != Reason.Switchover) {
      assertThat(state.backends().get(primary.name()).verdict())
          .as("the primary is not known to be Unhealthy")
          .isNotEqualTo(Health.Unhealthy);
    }
  }

  /** Every awaited thing has a time; a time in the past means that a tick was lost. */
  void wake(FailoverState state, Instant now) {
    if (state.wakeAt() != null) {
      assertThat(state.wakeAt()).as("wake-up").isAfterOrEqualTo(now.minus(Duration.ofMillis(1)));
    }
  }

  private static @Nullable String name(@Nullable Primary primary) {
    return primary == null ? null : primary.name() + "/" + primary.epoch();
  }
}
