/** Decides which group of servers a client's key belongs to; pure. */
@NullMarked
package dev.holdfast.dataplane.sticky;

import org.jspecify.annotations.NullMarked;
