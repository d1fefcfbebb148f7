/** What reconcilers of every kind do alike. */
@NullMarked
package dev.holdfast.operator.resource;

import org.jspecify.annotations.NullMarked;
