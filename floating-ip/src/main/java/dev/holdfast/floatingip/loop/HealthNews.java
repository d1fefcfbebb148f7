package dev.holdfast.floatingip.loop;

import dev.holdfast.floatingip.plan.Health;
import dev.holdfast.health.BackendHealth;
import dev.holdfast.health.Warning;
import java.time.Duration;
import java.util.Objects;

/** What checks say of servers. */
final class HealthNews {
  private HealthNews() {}

  static void observed(Turn turn, long server, BackendHealth checks) {
    var before = turn.members.servers().get(server);
    if (before == null) {
      return;
    }
    var after = before.observed(checks, turn.now);
    turn.members = turn.members.with(after, turn.now);
    tellHealth(turn, before, after);
    tellCertificate(turn, before, after);
  }

  private static void tellHealth(Turn turn, Member before, Member after) {
    if (before.health() == after.health()) {
      return;
    }
    var table = turn.members.table();
    if (after.health() == Health.Unhealthy) {
      turn.tell(new GroupNotice.ServerUnhealthy(after.server(), after.failing(), table));
    } else if (before.health() == Health.Unhealthy && after.health() == Health.Healthy) {
      var downFor = Duration.between(before.healthSince(), turn.now);
      turn.tell(new GroupNotice.ServerHealthyAgain(after.server(), downFor, table));
    }
  }

  private static void tellCertificate(Turn turn, Member before, Member after) {
    var warning = after.checks().warning();
    var known = before.checks().warning();
    if (warning != null && !Objects.equals(warning, known)) {
      var critical = warning.level() == Warning.Level.Critical;
      turn.tell(new GroupNotice.CertificateExpiring(after.server(), critical, warning.text()));
    }
  }
}
