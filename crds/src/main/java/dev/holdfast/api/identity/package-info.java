/** Who the two ends of a connection are, by the names in their certificates. */
@NullMarked
package dev.holdfast.api.identity;

import org.jspecify.annotations.NullMarked;
