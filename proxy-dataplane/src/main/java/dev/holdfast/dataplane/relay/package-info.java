/** Moves bytes between a client and the admitted backend; knows nothing of health or elections. */
@NullMarked
package dev.holdfast.dataplane.relay;

import org.jspecify.annotations.NullMarked;
