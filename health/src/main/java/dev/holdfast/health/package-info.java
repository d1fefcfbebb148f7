/** Turns single observations into a verdict on a backend: pure, with time and chance given. */
@NullMarked
package dev.holdfast.health;

import org.jspecify.annotations.NullMarked;
