/** Sockets on event loops, and what moves bytes between two of them. Knows no client's story. */
@NullMarked
package dev.holdfast.dataplane.relay.transport;

import org.jspecify.annotations.NullMarked;
