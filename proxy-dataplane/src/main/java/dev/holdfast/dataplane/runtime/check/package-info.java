/** Runs the checks of a resource and tells what they found. */
@NullMarked
package dev.holdfast.dataplane.runtime.check;

import org.jspecify.annotations.NullMarked;
