/** Decides who is primary: a pure machine over events, with time as an argument. */
@NullMarked
package dev.holdfast.dataplane.failover;

import org.jspecify.annotations.NullMarked;
