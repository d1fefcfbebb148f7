/** The operator: starts, is elected, watches, and stops. */
@NullMarked
package dev.holdfast.operator;

import org.jspecify.annotations.NullMarked;
