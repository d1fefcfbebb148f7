/** The operator's own HTTP endpoints: health and metrics. */
@NullMarked
package dev.holdfast.operator.server;

import org.jspecify.annotations.NullMarked;
