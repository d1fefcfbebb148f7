/** Runs programs of the user, such as check scripts and hooks, each in a session of its own. */
@NullMarked
package dev.holdfast.health.process;

import org.jspecify.annotations.NullMarked;
