package dev.holdfast.dataplane.config;

import static dev.holdfast.api.GatewayDuration.parse;

import dev.holdfast.api.v1alpha1.BalancerCheck;
import dev.holdfast.api.v1alpha1.Check;
import dev.holdfast.api.v1alpha1.FailoverProxySpec;
import dev.holdfast.health.Schedule;
import dev.holdfast.health.Thresholds;
import dev.holdfast.health.probe.CheckKind;
import dev.holdfast.health.probe.CheckSettings;
import dev.holdfast.health.spec.HttpChecks;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes checks of what the spec says of them. */
final class CheckConverter {
  /** Of a check without interval, of which the default could be half. */
  private static final Duration TIMEOUT_WITHOUT_INTERVAL = Duration.ofSeconds(5);

  private CheckConverter() {}

  static List<HealthCheck> checks(FailoverProxySpec spec) {
    return spec.checks().stream().map(CheckConverter::check).toList();
  }

  static HealthCheck check(BalancerCheck check) {
    return check(
        new Check(
            check.name(),
            check.tcp(),
            check.http(),
            check.https(),
            check.exec(),
            check.sendExpect(),
            check.interval(),
            check.timeout(),
            check.fall(),
            check.rise(),
            check.fastInterval()));
  }

  private static HealthCheck check(Check check) {
    var interval = parse(check.interval());
    return new HealthCheck(
        check.name(),
        kind(check),
        new CheckSettings(
            new Schedule(interval, parse(check.fastInterval())),
            timeout(check.timeout(), interval),
            new Thresholds(check.rise(), check.fall())));
  }

  private static Duration timeout(@Nullable String written, Duration interval) {
    if (written != null) {
      return parse(written);
    }
    return interval.isZero() ? TIMEOUT_WITHOUT_INTERVAL : interval.dividedBy(2);
  }

  /** The schema sees to it that there is exactly one. */
  private static CheckKind kind(Check check) {
    if (check.tcp() != null) {
      return new CheckKind.Tcp(check.tcp().port());
    }
    if (check.http() != null) {
      return HttpChecks.of(check.name(), check.http());
    }
    if (check.https() != null) {
      return HttpChecks.of(check.name(), check.https());
    }
    if (check.exec() != null) {
      return new CheckKind.Exec(check.exec().command());
    }
    var text = check.sendExpect();
    if (text == null) {
      throw new IllegalArgumentException(
          "check " + check.name() + ": expected one of tcp, http, https, exec and sendExpect");
    }
    return new CheckKind.SendExpect(text.send(), text.expect(), text.tls());
  }
}
