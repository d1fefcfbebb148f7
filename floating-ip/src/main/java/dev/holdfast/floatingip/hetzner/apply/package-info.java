/** Carries moves out against the API. */
@NullMarked
package dev.holdfast.floatingip.hetzner.apply;

import org.jspecify.annotations.NullMarked;
