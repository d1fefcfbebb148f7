package dev.holdfast.dataplane.failover;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that the machine remembers.
 *
 * @param epoch the highest one given out
 * @param backends by name and in its order, so that a history has the same effects in every run
 * @param floor the primary of the process before, until it was resumed or given up
 * @param departed the newest primary that is no more, while there is none
 * @param probes given out so far: the number of the newest one
 * @param searchedAt when the newest selection began
 * @param wakeAt when the machine wants a {@link FailoverEvent.Tick}; null when never
 */
public record FailoverState(
    long epoch,
    Phase phase,
    Map<String, BackendState> backends,
    @Nullable Floor floor,
    @Nullable Departed departed,
    @Nullable LastFailover lastFailover,
    long probes,
    @Nullable Instant searchedAt,
    @Nullable Instant wakeAt) {

  /**
   * What a process before this one left behind.
   *
   * @param pinned whether a person chose it, so that failback does not undo it
   * @param unfinished null when clients were admitted to the primary, so that its hooks had ended
   */
  public record Floor(String name, long epoch, boolean pinned, @Nullable Unfinished unfinished) {

    private static final String NOBODY = "";

    public Floor(String name, long epoch) {
      this(name, epoch, false, null);
    }

    /** Nobody is resumed, but epochs go on. */
    public static Floor ofNobody(long epoch) {
      return new Floor(NOBODY, epoch);
    }

    boolean isOfNobody() {
      return name.equals(NOBODY);
    }
  }

  /**
   * The process ended while hooks ran: they run again, in the same epoch.
   *
   * @param left the primary before; null when there was none
   */
  public record Unfinished(Reason reason, @Nullable String left) {}

  /**
   * @param endpoint empty when not known
   */
  record Departed(String name, String endpoint, Instant at) {}

  /**
   * @param from null when there was no primary before, and hooks ran all the same
   * @param noPrimaryFor from the end of the old primary to the admission of the new one
   */
  public record LastFailover(
      @Nullable String from, String to, Instant at, Duration noPrimaryFor, Reason reason) {}

  public FailoverState {
    backends = Collections.unmodifiableMap(new TreeMap<>(backends));
  }

  /**
   * @param floor epochs given out will be above it
   */
  public static FailoverState initial(@Nullable Floor floor) {
    var epoch = floor == null ? 0 : floor.epoch();
    return new FailoverState(epoch, new Phase.Idle(), Map.of(), floor, null, null, 0, null, null);
  }

  /** The backend that clients are admitted to, if any. */
  public Optional<Primary> primary() {
    return phase instanceof Phase.Serving serving
        ? Optional.of(serving.primary())
        : Optional.empty();
  }

  FailoverState with(Phase next) {
    return new FailoverState(
        epoch, next, backends, floor, departed, lastFailover, probes, searchedAt, wakeAt);
  }

  FailoverState with(Map<String, BackendState> next) {
    return new FailoverState(
        epoch, phase, next, floor, departed, lastFailover, probes, searchedAt, wakeAt);
  }

  FailoverState with(BackendState backend) {
    var next = new TreeMap<>(backends);
    next.put(backend.candidate().name(), backend);
    return with(next);
  }

  FailoverState departed(Departed next) {
    return new FailoverState(
        epoch, phase, backends, null, next, lastFailover, probes, searchedAt, wakeAt);
  }

  FailoverState withoutFloor() {
    return new FailoverState(
        epoch, phase, backends, null, departed, lastFailover, probes, searchedAt, wakeAt);
  }

  FailoverState arrived(@Nullable LastFailover failover) {
    return new FailoverState(
        epoch, phase, backends, null, null, failover, probes, searchedAt, wakeAt);
  }

  FailoverState nextEpoch() {
    return new FailoverState(
        epoch + 1, phase, backends, floor, departed, lastFailover, probes, searchedAt, wakeAt);
  }

  FailoverState nextProbe() {
    return new FailoverState(
        epoch, phase, backends, floor, departed, lastFailover, probes + 1, searchedAt, wakeAt);
  }

  FailoverState searchedAt(Instant next) {
    return new FailoverState(
        epoch, phase, backends, floor, departed, lastFailover, probes, next, wakeAt);
  }

  FailoverState wakeAt(@Nullable Instant next) {
    return new FailoverState(
        epoch, phase, backends, floor, departed, lastFailover, probes, searchedAt, next);
  }
}
