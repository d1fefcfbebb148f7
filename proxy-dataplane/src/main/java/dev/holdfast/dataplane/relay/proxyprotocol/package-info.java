/** Reads and writes the PROXY protocol, versions 1 and 2; knows nothing of relaying. */
@NullMarked
package dev.holdfast.dataplane.relay.proxyprotocol;

import org.jspecify.annotations.NullMarked;
