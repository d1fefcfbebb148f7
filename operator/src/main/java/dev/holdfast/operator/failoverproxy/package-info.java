/** Reconciles FailoverProxy: observe, decide, apply, report. */
@NullMarked
package dev.holdfast.operator.failoverproxy;

import org.jspecify.annotations.NullMarked;
