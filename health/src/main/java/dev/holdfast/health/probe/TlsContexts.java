package dev.holdfast.health.probe;

import dev.holdfast.health.reference.MissingReference;
import dev.holdfast.health.reference.Reference;
import dev.holdfast.health.reference.References;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Whom TLS probes trust. Sessions are not kept for longer than a second: a probe that resumed one
 * would not see the certificate that the backend has now. Safe for use by many threads.
 */
final class TlsContexts {
  private static final int REMEMBERED = 64;
  private static final long SESSION_SECONDS = 1;

  private record Trusting(String bundle, SslContext context) {}

  private final References references;
  private final Map<Reference, Trusting> bundles =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Reference, Trusting> eldest) {
          return size() > REMEMBERED;
        }
      };
  private @Nullable SslContext system;
  private @Nullable SslContext anyone;

  TlsContexts(References references) {
    this.references = references;
  }

  /** May read files; not for event loops. */
  synchronized SslContext of(TlsOptions options) throws MissingReference {
    if (options.insecureSkipVerify()) {
      return trustingAnyone();
    }
    var reference = options.trusted();
    return reference == null ? trustingSystem() : trusting(reference);
  }

  private SslContext trustingAnyone() {
    if (anyone == null) {
      anyone =
          build(
              client()
                  .trustManager(InsecureTrustManagerFactory.INSTANCE)
                  .endpointIdentificationAlgorithm(null));
    }
    return anyone;
  }

  private SslContext trustingSystem() {
    if (system == null) {
      system = build(client());
    }
    return system;
  }

  private SslContext trusting(Reference reference) throws MissingReference {
    var bytes = references.read(reference);
    var bundle = new String(bytes, StandardCharsets.ISO_8859_1);
    var known = bundles.get(reference);
    if (known != null && known.bundle().equals(bundle)) {
      return known.context();
    }
    try {
      var context = build(client().trustManager(new ByteArrayInputStream(bytes)));
      bundles.put(reference, new Trusting(bundle, context));
      return context;
    } catch (IllegalArgumentException e) {
      throw new MissingReference(
          reference, "expected certificates in PEM, found something else: " + e.getMessage());
    }
  }

  private static SslContextBuilder client() {
    return SslContextBuilder.forClient()
        .sslProvider(SslProvider.JDK)
        .sessionTimeout(SESSION_SECONDS)
        .endpointIdentificationAlgorithm("HTTPS");
  }

  private static SslContext build(SslContextBuilder builder) {
    try {
      return builder.build();
    } catch (SSLException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
