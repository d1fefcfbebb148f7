package dev.holdfast.floatingip.fake;

import java.time.Duration;

/**
 * What the real API leaves open or changes over time, and how fast this one works.
 *
 * @param actionDelay from an accepted write to the end of its action
 * @param routeDelay from the end of an action to packets going to the new server
 * @param callsPerHour of each project
 * @param strictAssign what an assignment of an assigned IP is answered with
 * @param legacyDatacenter servers tell their data center too, as until July 2026
 * @param clampPerPage a page larger than 50 is made 50; else it is refused
 * @param seed of faults that happen by chance
 */
public record FakeSettings(
    Duration actionDelay,
    Duration routeDelay,
    int callsPerHour,
    StrictAssign strictAssign,
    boolean legacyDatacenter,
    boolean clampPerPage,
    long seed) {

  /** When assigning is refused with {@code floating_ip_assigned}. */
  public enum StrictAssign {
    Never,
    /** It is at this server already. */
    SameServer,
    /** It is at any server. */
    AnyServer
  }

  public static FakeSettings defaults() {
    return new FakeSettings(
        Duration.ofSeconds(1), Duration.ofMillis(200), 3600, StrictAssign.Never, false, true, 1);
  }

  public FakeSettings withActionDelay(Duration delay) {
    return new FakeSettings(
        delay, routeDelay, callsPerHour, strictAssign, legacyDatacenter, clampPerPage, seed);
  }

  public FakeSettings withCallsPerHour(int calls) {
    return new FakeSettings(
        actionDelay, routeDelay, calls, strictAssign, legacyDatacenter, clampPerPage, seed);
  }

  public FakeSettings withStrictAssign(StrictAssign strict) {
    return new FakeSettings(
        actionDelay, routeDelay, callsPerHour, strict, legacyDatacenter, clampPerPage, seed);
  }

  public FakeSettings withLegacyDatacenter() {
    return new FakeSettings(
        actionDelay, routeDelay, callsPerHour, strictAssign, true, clampPerPage, seed);
  }

  public FakeSettings refusingLargePages() {
    return new FakeSettings(
        actionDelay, routeDelay, callsPerHour, strictAssign, legacyDatacenter, false, seed);
  }
}
