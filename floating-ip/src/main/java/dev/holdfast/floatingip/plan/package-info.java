/** Decides which server each floating IP shall point at: pure, with time given. */
@NullMarked
package dev.holdfast.floatingip.plan;

import org.jspecify.annotations.NullMarked;
