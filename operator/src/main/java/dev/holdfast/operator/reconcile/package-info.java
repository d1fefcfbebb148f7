/** From a resource that pods run to its objects and its status, whichever kind it is. */
@NullMarked
package dev.holdfast.operator.reconcile;

import org.jspecify.annotations.NullMarked;
