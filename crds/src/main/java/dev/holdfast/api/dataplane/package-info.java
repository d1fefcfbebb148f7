/**
 * What a data plane reports of itself, on the wire between data plane, operator and command line.
 */
@NullMarked
package dev.holdfast.api.dataplane;

import org.jspecify.annotations.NullMarked;
