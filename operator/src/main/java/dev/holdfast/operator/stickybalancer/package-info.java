/** Reconciles StickyBalancer, as everything that pods run. */
@NullMarked
package dev.holdfast.operator.stickybalancer;

import org.jspecify.annotations.NullMarked;
