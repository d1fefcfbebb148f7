/** Runs a FailoverProxy: carries out what the decisions say and reports what became of them. */
@NullMarked
package dev.holdfast.dataplane.runtime.proxy;

import org.jspecify.annotations.NullMarked;
