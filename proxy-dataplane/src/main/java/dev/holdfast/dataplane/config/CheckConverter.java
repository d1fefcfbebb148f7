package dev.holdfast.dataplane.config;

import static dev.holdfast.api.GatewayDuration.parse;

import dev.holdfast.api.v1alpha1.Check;
import dev.holdfast.api.v1alpha1.FailoverProxySpec;
import dev.holdfast.api.v1alpha1.HeaderFrom;
import dev.holdfast.api.v1alpha1.HttpCheck;
import dev.holdfast.api.v1alpha1.HttpsCheck;
import dev.holdfast.api.v1alpha1.SecretKeyRef;
import dev.holdfast.health.Schedule;
import dev.holdfast.health.Thresholds;
import dev.holdfast.health.probe.CheckKind;
import dev.holdfast.health.probe.CheckSettings;
import dev.holdfast.health.probe.HttpExchange;
import dev.holdfast.health.probe.HttpExchange.StatusRange;
import dev.holdfast.health.probe.TlsOptions;
import dev.holdfast.health.probe.TlsOptions.WarnExpiry;
import dev.holdfast.health.reference.Reference;
import dev.holdfast.health.reference.Text;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes checks of what the spec says of them. */
final class CheckConverter {
  /** Of a check without interval, of which the default could be half. */
  private static final Duration TIMEOUT_WITHOUT_INTERVAL = Duration.ofSeconds(5);

  /** Set by the connection, by the body or by a field of their own. */
  private static final Set<String> NOT_TO_SET =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

  private CheckConverter() {}

  static List<HealthCheck> checks(FailoverProxySpec spec) {
    return spec.checks().stream().map(CheckConverter::check).toList();
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
      return new CheckKind.Http(check.http().port(), exchange(check.name(), check.http()));
    }
    if (check.https() != null) {
      return https(check.name(), check.https());
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

  private static HttpExchange exchange(String check, HttpCheck http) {
    return new HttpExchange(
        http.method().name(),
        http.path(),
        http.host(),
        headers(check, http.headers(), http.headersFrom()),
        body(http.body(), http.bodySecretRef()),
        http.expectStatus().stream().map(StatusRange::parse).toList());
  }

  private static CheckKind https(String check, HttpsCheck https) {
    var exchange =
        new HttpExchange(
            https.method().name(),
            https.path(),
            https.host(),
            headers(check, https.headers(), https.headersFrom()),
            body(https.body(), https.bodySecretRef()),
            https.expectStatus().stream().map(StatusRange::parse).toList());
    var bundle = https.caBundle();
    var warnExpiry = https.warnExpiry();
    return new CheckKind.Https(
        https.port(),
        exchange,
        new TlsOptions(
            https.sni(),
            https.insecureSkipVerify(),
            bundle == null ? null : Reference.configMap(bundle.configMapName(), bundle.key()),
            new WarnExpiry(parse(warnExpiry.warning()), parse(warnExpiry.critical()))));
  }

  private static Map<String, Text> headers(
      String check, Map<String, String> written, List<HeaderFrom> kept) {
    var headers = new HashMap<String, Text>();
    written.forEach((name, value) -> headers.put(name, new Text.Literal(value)));
    kept.forEach(from -> headers.put(from.name(), kept(from.secretKeyRef())));
    for (var name : headers.keySet()) {
      if (NOT_TO_SET.contains(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "check %s: the header %s cannot be set, take it out".formatted(check, name));
      }
    }
    return headers;
  }

  private static Text body(String written, @Nullable SecretKeyRef kept) {
    return kept == null ? new Text.Literal(written) : kept(kept);
  }

  private static Text kept(SecretKeyRef ref) {
    return new Text.Kept(Reference.secret(ref.name(), ref.key()));
  }
}
