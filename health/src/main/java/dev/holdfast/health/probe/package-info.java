/** Runs checks against real backends, each with a deadline. */
@NullMarked
package dev.holdfast.health.probe;

import org.jspecify.annotations.NullMarked;
