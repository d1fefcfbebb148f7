/** Runs the resources of a set of manifests in this process. */
@NullMarked
package dev.holdfast.dataplane.runtime;

import org.jspecify.annotations.NullMarked;
