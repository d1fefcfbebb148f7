/** What a data plane writes down to know after its end. */
@NullMarked
package dev.holdfast.dataplane.state;

import org.jspecify.annotations.NullMarked;
