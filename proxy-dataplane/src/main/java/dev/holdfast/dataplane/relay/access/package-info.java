/** Writes a line for each connection, if that is wanted; never makes a connection wait for it. */
@NullMarked
package dev.holdfast.dataplane.relay.access;

import org.jspecify.annotations.NullMarked;
