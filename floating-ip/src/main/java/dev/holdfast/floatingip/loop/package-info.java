/** Decides which of a plan's moves are made now: pure, with time given. */
@NullMarked
package dev.holdfast.floatingip.loop;

import org.jspecify.annotations.NullMarked;
