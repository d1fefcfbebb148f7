/** Reconciles FailoverProxy, as everything that pods run, and switches its primary by hand. */
@NullMarked
package dev.holdfast.operator.failoverproxy;

import org.jspecify.annotations.NullMarked;
