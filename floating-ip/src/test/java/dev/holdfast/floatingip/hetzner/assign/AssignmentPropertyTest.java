package dev.holdfast.floatingip.hetzner.assign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.floatingip.Seeds;
import dev.holdfast.floatingip.hetzner.model.Action;
import dev.holdfast.floatingip.hetzner.model.ApiFailure;
import dev.holdfast.floatingip.hetzner.model.FloatingIp;
import dev.holdfast.floatingip.hetzner.model.Location;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whatever the cloud answers, and whenever. */
class AssignmentPropertyTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration VERIFY = Duration.ofSeconds(10);
  private static final List<ApiFailure> FAILURES =
      List.of(
          new ApiFailure.RateLimited("", null),
          new ApiFailure.Locked(""),
          new ApiFailure.Conflict(""),
          new ApiFailure.AlreadyAssigned(""),
          new ApiFailure.NotFound(""),
          new ApiFailure.Unauthorized(""),
          new ApiFailure.ServerError(503, ""),
          new ApiFailure.Unreachable(""),
          new ApiFailure.NoAnswer(""),
          new ApiFailure.Malformed(""));

  @Test
  @DisplayName("A move ends in time, and writes only after the IP was read where it is expected")
  void endsAndLooksFirst() {
    Seeds.each(3000, AssignmentPropertyTest::history);
  }

  private static void history(long seed) {
    var random = new Random(seed);
    var began = Instant.EPOCH;
    var now = began;
    var step = Assignment.begin(new Move(7, 1L, 2), new AssignmentPolicy(TIMEOUT, VERIFY, 4), now);
    @Nullable AssignmentEvent last = null;
    var unassigning = false;
    var writes = 0;
    while (step instanceof Step.Next(var state, var effect, var pause)) {
      now = now.plus(pause).plusMillis(1 + random.nextInt(200));
      if (effect instanceof AssignmentEffect.Assign
          || effect instanceof AssignmentEffect.Unassign) {
        writes++;
        assertThat(mayWriteAfter(last, unassigning)).as("write after %s", last).isTrue();
        unassigning |= effect instanceof AssignmentEffect.Unassign;
      }
      last = event(effect, random);
      step = Assignment.on(state, last, now);
    }
    assertThat(writes).isLessThanOrEqualTo(6);
    assertThat(Duration.between(began, now)).isLessThan(TIMEOUT.plus(VERIFY).plusSeconds(3));
  }

  private static boolean mayWriteAfter(@Nullable AssignmentEvent last, boolean unassigning) {
    return switch (last) {
      case AssignmentEvent.IpRead(var ip) -> ip.server() == null ? unassigning : ip.server() == 1;
      case AssignmentEvent.Accepted(var action) ->
          unassigning && action.status() == Action.Status.Success;
      case AssignmentEvent.ActionRead(var action) ->
          unassigning && action != null && action.status() == Action.Status.Success;
      case null, default -> false;
    };
  }

  private static AssignmentEvent event(AssignmentEffect effect, Random random) {
    if (random.nextInt(4) == 0 && !(effect instanceof AssignmentEffect.Probe)) {
      return new AssignmentEvent.CallFailed(FAILURES.get(random.nextInt(FAILURES.size())));
    }
    return switch (effect) {
      case AssignmentEffect.ReadIp() -> new AssignmentEvent.IpRead(ip(random));
      case AssignmentEffect.Assign() -> new AssignmentEvent.Accepted(action(random));
      case AssignmentEffect.Unassign() -> new AssignmentEvent.Accepted(action(random));
      case AssignmentEffect.ReadAction _ ->
          new AssignmentEvent.ActionRead(random.nextInt(5) == 0 ? null : action(random));
      case AssignmentEffect.ReadRunningAction() ->
          new AssignmentEvent.RunningActionRead(random.nextBoolean() ? null : action(random));
      case AssignmentEffect.Probe _ -> new AssignmentEvent.Probed(random.nextInt(5) == 0);
    };
  }

  private static FloatingIp ip(Random random) {
    var servers = new Long[] {1L, 1L, 1L, 1L, 1L, 2L, 3L, null};
    return new FloatingIp(
        7,
        "ip",
        "192.0.2.7",
        new Location(1, "fsn1", "eu-central"),
        servers[random.nextInt(servers.length)],
        Map.of());
  }

  private static Action action(Random random) {
    var status = Action.Status.values()[random.nextInt(3)];
    var code = status == Action.Status.Error ? (random.nextBoolean() ? "locked" : "failed") : "";
    return new Action(9, "assign_floating_ip", status, code, "");
  }
}
