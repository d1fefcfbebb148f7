/** Moving one floating IP to one server: a pure state machine. */
@NullMarked
package dev.holdfast.floatingip.hetzner.assign;

import org.jspecify.annotations.NullMarked;
