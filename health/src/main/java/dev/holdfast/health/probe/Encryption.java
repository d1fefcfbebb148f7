package dev.holdfast.health.probe;

import dev.holdfast.health.reference.MissingReference;
import java.time.InstantSource;

/**
 * Puts conversations behind TLS.
 *
 * @param clock tells how long certificates are still valid
 */
record Encryption(TlsContexts trust, InstantSource clock) {

  /**
   * May read files; not for event loops.
   *
   * @param name asked for, and looked for in the certificate
   */
  TlsConversation of(TlsOptions options, Address name, Conversation inner) throws MissingReference {
    return new TlsConversation(trust.of(options), name, options.warnExpiry(), clock, inner);
  }
}
