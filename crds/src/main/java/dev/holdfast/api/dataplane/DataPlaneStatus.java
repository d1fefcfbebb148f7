package dev.holdfast.api.dataplane;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one data plane says of one FailoverProxy, whole, at one instant. Sent on every change that
 * is not merely a counter.
 *
 * @param instance the pod's name, or the host's
 * @param generation of the configuration that is running; 0 outside a cluster
 * @param refused the newest configuration that was not taken, while an older one is running
 * @param agreement null for a data plane that decides by itself
 */
public record DataPlaneStatus(
    String kind,
    String namespace,
    String name,
    String instance,
    long generation,
    Listener listener,
    @Nullable Primary primary,
    List<BackendStatus> backends,
    @Nullable LastFailover lastFailover,
    ConnectionCounts connections,
    @Nullable RefusedConfig refused,
    @Nullable Agreement agreement)
    implements DataPlaneReport {

  /** Of a data plane that decides by itself. */
  public DataPlaneStatus(
      String kind,
      String namespace,
      String name,
      String instance,
      long generation,
      Listener listener,
      @Nullable Primary primary,
      List<BackendStatus> backends,
      @Nullable LastFailover lastFailover,
      ConnectionCounts connections,
      @Nullable RefusedConfig refused) {
    this(
        kind,
        namespace,
        name,
        instance,
        generation,
        listener,
        primary,
        backends,
        lastFailover,
        connections,
        refused,
        null);
  }

  @Override
  public DataPlaneStatus withoutCounters() {
    return new DataPlaneStatus(
        kind,
        namespace,
        name,
        instance,
        generation,
        listener,
        primary,
        backends.stream().map(BackendStatus::withoutCounters).toList(),
        lastFailover,
        ConnectionCounts.NONE,
        refused,
        agreement);
  }

  /** State of the client port. A closed port under whileNoPrimary Refuse is {@code Closed}. */
  public record Listener(String address, int port, State state, @Nullable String message) {

    public enum State {
      Open,
      Closed,
      Failed
    }
  }

  public record Primary(String name, String endpoint, long epoch, Instant since, Reason reason) {}

  /**
   * @param state the wish: Active, Draining or Disabled
   * @param health the observation
   */
  public record BackendStatus(
      String name,
      String endpoint,
      Health health,
      String state,
      @Nullable String reason,
      Instant since,
      long connections) {

    BackendStatus withoutCounters() {
      return new BackendStatus(name, endpoint, health, state, reason, since, 0);
    }
  }

  public enum Health {
    Unknown,
    Healthy,
    Unhealthy
  }

  /**
   * @param from null when there was no primary before
   * @param noPrimaryFor from the end of the old primary to the first admission of the new one
   * @param hooks those that ran since the old one's end, in their order, the newest 16
   */
  public record LastFailover(
      @Nullable String from,
      String to,
      Instant at,
      Duration noPrimaryFor,
      Reason reason,
      List<HookRun> hooks) {

    /** Empty when a data plane of before says nothing of hooks. */
    public LastFailover {
      hooks = hooks == null ? List.of() : List.copyOf(hooks);
    }
  }

  /**
   * How one hook ended.
   *
   * @param backend that it ran for; another one than the new primary when the choice was given up
   * @param exitCode or HTTP status; -1 when there is none
   * @param failure for people; null when it succeeded
   * @param output the end of what it said, 1 KiB at most; null when it said nothing
   */
  public record HookRun(
      String name,
      String backend,
      int exitCode,
      Duration took,
      boolean timedOut,
      @Nullable String failure,
      @Nullable String output) {}

  /** Counters since start; {@code open} and {@code held} are gauges. */
  public record ConnectionCounts(
      long open, long held, long accepted, long rejected, long connectFailures) {

    static final ConnectionCounts NONE = new ConnectionCounts(0, 0, 0, 0, 0);
  }

  /**
   * How this replica stands with those that it agrees with.
   *
   * @param group the id of the group that keeps the decisions; null while this replica has none
   * @param leader a peer's name; null while none is known
   * @param members names of the peers that decide, in order
   * @param epoch the highest one given out; 0 of a StickyBalancer
   * @param message for people; null when all is well
   */
  public record Agreement(
      State state,
      @Nullable String group,
      @Nullable String leader,
      List<String> members,
      long epoch,
      @Nullable String message) {

    public enum State {
      /** In contact with a majority. */
      Agreed,
      /** It has not found its group yet, or its log has stopped. */
      Joining,
      /** Its configuration is older than the one that the primary was chosen by. */
      Outdated,
      /** In contact with no majority, or not caught up with it: it serves nobody. */
      OutOfContact,
      /** The others have not left the primary, which this replica does not reach. */
      CannotReachPrimary,
      /** It takes no part until somebody helps. */
      Failed
    }

    public Agreement {
      members = List.copyOf(members);
    }
  }

  public record RefusedConfig(long generation, List<String> problems) {}

  /**
   * Why there is a new primary, or none. The same constants go to conditions, events, metrics and
   * logs.
   */
  public enum Reason {
    Initial,
    ConnectRefused,
    ConnectTimeout,
    ConnectFailed,
    UnknownHost,
    CheckFailed,
    BackendRemoved,
    BackendDisabled,
    BackendDraining,
    Failback,
    Switchover,
    Resumed
  }
}
