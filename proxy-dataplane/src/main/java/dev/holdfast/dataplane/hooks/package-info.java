/** Runs what is to be done when a primary has been chosen, before clients reach it. */
@NullMarked
package dev.holdfast.dataplane.hooks;

import org.jspecify.annotations.NullMarked;
