package dev.holdfast.dataplane.agreement.peer;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;

/** Why the other end of a connection is not let in. */
enum RefusalReason {
  /** What it sends is not TLS. */
  NotTls,
  /** It has no certificate, or none of the authorities that this end asks for by name. */
  NoCertificate,
  /** Its certificate is of no authority that is believed here. */
  Untrusted,
  /** Its certificate is no longer, or not yet, valid. */
  Expired,
  /** The handshake failed otherwise, such as for an older version of TLS. */
  Handshake,
  /** Its certificate does not cover the name it gives, or it takes this peer for another. */
  WrongName,
  WrongResource,
  /** No peer of that name is configured here. */
  UnknownPeer,
  /** It speaks another version, or nothing that makes sense. */
  Protocol,
  /** It took too long to introduce itself. */
  TooSlow,
  /** Newer strangers took its place. */
  TooMany;

  private static final String EMPTY_CHAIN = "Empty client certificate chain";

  static RefusalReason of(Throwable failure) {
    var reason = Protocol;
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof NotSslRecordException) {
        return NotTls;
      } else if (isDate(cause)) {
        return Expired;
      } else if (cause instanceof CertificateException) {
        reason = Untrusted;
      } else if (cause instanceof SSLException && reason == Protocol) {
        var empty = String.valueOf(cause.getMessage()).contains(EMPTY_CHAIN);
        reason = empty ? NoCertificate : Handshake;
      }
    }
    return reason;
  }

  /** What is behind the exceptions that pipelines wrap others in. */
  static Throwable unwrapped(Throwable failure) {
    var cause = failure.getCause();
    return failure instanceof DecoderException && cause != null ? cause : failure;
  }

  private static boolean isDate(Throwable cause) {
    return cause instanceof CertificateExpiredException
        || cause instanceof CertificateNotYetValidException
        || (cause instanceof CertPathValidatorException path
            && (path.getReason() == CertPathValidatorException.BasicReason.EXPIRED
                || path.getReason() == CertPathValidatorException.BasicReason.NOT_YET_VALID));
  }
}
