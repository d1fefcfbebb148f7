package dev.holdfast.health.spec;

import static dev.holdfast.api.GatewayDuration.parse;

import dev.holdfast.api.v1alpha1.HeaderFrom;
import dev.holdfast.api.v1alpha1.HttpCheck;
import dev.holdfast.api.v1alpha1.HttpsCheck;
import dev.holdfast.api.v1alpha1.SecretKeyRef;
import dev.holdfast.health.probe.CheckKind;
import dev.holdfast.health.probe.HttpExchange;
import dev.holdfast.health.probe.HttpExchange.StatusRange;
import dev.holdfast.health.probe.TlsOptions;
import dev.holdfast.health.probe.TlsOptions.WarnExpiry;
import dev.holdfast.health.reference.Reference;
import dev.holdfast.health.reference.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes checks over HTTP of what a spec says of them. */
public final class HttpChecks {
  /** Set by the connection, by the body or by a field of their own. */
  private static final Set<String> NOT_TO_SET =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

  private HttpChecks() {}

  /**
   * @param check its name
   * @throws IllegalArgumentException for a header that cannot be set
   */
  public static CheckKind of(String check, HttpCheck http) {
    return new CheckKind.Http(
        http.port(),
        new HttpExchange(
            http.method().name(),
            http.path(),
            http.host(),
            headers(check, http.headers(), http.headersFrom()),
            body(http.body(), http.bodySecretRef()),
            http.expectStatus().stream().map(StatusRange::parse).toList(),
            http.followRedirects()));
  }

  /**
   * @param check its name
   * @throws IllegalArgumentException for a header that cannot be set
   */
  public static CheckKind of(String check, HttpsCheck https) {
    var exchange =
        new HttpExchange(
            https.method().name(),
            https.path(),
            https.host(),
            headers(check, https.headers(), https.headersFrom()),
            body(https.body(), https.bodySecretRef()),
            https.expectStatus().stream().map(StatusRange::parse).toList(),
            https.followRedirects());
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
