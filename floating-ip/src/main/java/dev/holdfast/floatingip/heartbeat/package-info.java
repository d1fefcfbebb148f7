/** A sign of life for monitors that raise an alarm when it stays away. */
@NullMarked
package dev.holdfast.floatingip.heartbeat;

import org.jspecify.annotations.NullMarked;
