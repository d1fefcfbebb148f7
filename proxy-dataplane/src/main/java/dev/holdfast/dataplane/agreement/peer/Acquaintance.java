package dev.holdfast.dataplane.agreement.peer;

import dev.holdfast.dataplane.admin.access.Certificates;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the other end is who it says, and whom this end wants.
 *
 * @param peers whom this end would talk to
 * @param expected whom it dialled; null at the end that listens
 */
record Acquaintance(PeerOptions options, Set<String> peers, @Nullable String expected) {
  private static final int VERSION = 1;

  record Refusal(RefusalReason reason, String message) {}

  boolean dialled() {
    return expected != null;
  }

  Frame.Hello hello() {
    return helloTo(expected == null ? "" : expected);
  }

  Frame.Hello helloTo(String peer) {
    return new Frame.Hello(VERSION, options.uid(), options.self(), peer);
  }

  /** Whether the certificate covers the peer that was dialled; null when it does. */
  @Nullable Refusal checkCertificate(SSLSession session) {
    return expected == null ? null : covers(session, expected);
  }

  /** Null when all is well. */
  @Nullable Refusal check(Frame.Hello hello, SSLSession session) {
    if (hello.version() != VERSION) {
      return refusal(RefusalReason.Protocol, "version " + VERSION, "version " + hello.version());
    }
    if (!hello.uid().equals(options.uid())) {
      return refusal(
          RefusalReason.WrongResource,
          "a peer of the resource with uid \"" + options.uid() + "\"",
          "one with uid \"" + hello.uid() + "\"");
    }
    if (!hello.to().equals(options.self()) || (dialled() && !hello.from().equals(expected))) {
      return refusal(
          RefusalReason.WrongName,
          "%s to talk to %s".formatted(dialled() ? expected : "a peer", options.self()),
          "%s talking to %s".formatted(hello.from(), hello.to()));
    }
    if (!peers.contains(hello.from())) {
      return refusal(RefusalReason.UnknownPeer, "one of the peers " + peers, hello.from());
    }
    return covers(session, hello.from());
  }

  private @Nullable Refusal covers(SSLSession session, String peer) {
    var wanted = options.certificateName(peer);
    var found = names(session);
    return found.stream().anyMatch(wanted::equalsIgnoreCase)
        ? null
        : refusal(RefusalReason.WrongName, "a certificate for " + wanted, "one for " + found);
  }

  private static List<String> names(SSLSession session) {
    try {
      return session.getPeerCertificates()[0] instanceof X509Certificate certificate
          ? Certificates.dnsNames(certificate)
          : List.of();
    } catch (SSLPeerUnverifiedException | CertificateParsingException e) {
      return List.of();
    }
  }

  private static Refusal refusal(RefusalReason reason, String expected, String found) {
    return new Refusal(reason, "expected " + expected + ", found " + found);
  }
}
