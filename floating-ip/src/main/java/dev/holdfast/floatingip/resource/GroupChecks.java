package dev.holdfast.floatingip.resource;

import static dev.holdfast.api.GatewayDuration.parse;

import dev.holdfast.api.v1alpha1.HeaderFrom;
import dev.holdfast.api.v1alpha1.SecretKeyRef;
import dev.holdfast.api.v1alpha1.ServerCheck;
import dev.holdfast.floatingip.group.GroupCheck;
import dev.holdfast.health.Schedule;
import dev.holdfast.health.Thresholds;
import dev.holdfast.health.probe.CheckKind;
import dev.holdfast.health.probe.CheckSettings;
import dev.holdfast.health.reference.Reference;
import dev.holdfast.health.spec.HttpChecks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes checks of what a resource says of them. */
final class GroupChecks {
  private GroupChecks() {}

  static GroupCheck check(ServerCheck check) {
    var interval = parse(check.interval());
    var timeout = check.timeout();
    return new GroupCheck(
        check.name(),
        kind(check),
        switch (check.ipVersion()) {
          case Both -> GroupCheck.Families.Both;
          case IPv4 -> GroupCheck.Families.IPv4;
          case IPv6 -> GroupCheck.Families.IPv6;
        },
        new CheckSettings(
            new Schedule(interval, parse(check.fastInterval())),
            timeout == null ? interval.dividedBy(2) : parse(timeout),
            new Thresholds(check.rise(), check.fall())));
  }

  /** The schema sees to it that there is exactly one. */
  private static CheckKind kind(ServerCheck check) {
    if (check.tcp() != null) {
      return new CheckKind.Tcp(check.tcp().port());
    }
    if (check.http() != null) {
      return HttpChecks.of(check.name(), check.http());
    }
    if (check.https() != null) {
      return HttpChecks.of(check.name(), check.https());
    }
    throw new IllegalArgumentException(
        "check " + check.name() + ": expected one of tcp, http and https, found none");
  }

  static List<Reference> references(ServerCheck check) {
    if (check.http() != null) {
      return request(check.http().headersFrom(), check.http().bodySecretRef());
    }
    var https = check.https();
    if (https == null) {
      return List.of();
    }
    var references = new ArrayList<>(request(https.headersFrom(), https.bodySecretRef()));
    var bundle = https.caBundle();
    if (bundle != null) {
      references.add(Reference.configMap(bundle.configMapName(), bundle.key()));
    }
    return references;
  }

  private static List<Reference> request(List<HeaderFrom> headers, @Nullable SecretKeyRef body) {
    var references = new ArrayList<Reference>();
    headers.forEach(header -> references.add(secret(header.secretKeyRef())));
    if (body != null) {
      references.add(secret(body));
    }
    return references;
  }

  private static Reference secret(SecretKeyRef kept) {
    return Reference.secret(kept.name(), kept.key());
  }
}
