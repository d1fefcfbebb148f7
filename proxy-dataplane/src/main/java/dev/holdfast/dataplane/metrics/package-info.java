/** Counters and the Prometheus text they are shown in. */
@NullMarked
package dev.holdfast.dataplane.metrics;

import org.jspecify.annotations.NullMarked;
