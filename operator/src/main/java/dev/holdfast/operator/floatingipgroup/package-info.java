/** Reconciles FloatingIpGroup: runs a group for each resource, and says what becomes of it. */
@NullMarked
package dev.holdfast.operator.floatingipgroup;

import org.jspecify.annotations.NullMarked;
