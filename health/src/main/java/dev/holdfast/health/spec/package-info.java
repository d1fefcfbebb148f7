/** Reads what resources of every kind say of their checks. */
@NullMarked
package dev.holdfast.health.spec;

import org.jspecify.annotations.NullMarked;
