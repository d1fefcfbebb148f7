/** Turns manifests into what the data plane runs, or into everything that is wrong with them. */
@NullMarked
package dev.holdfast.dataplane.config;

import org.jspecify.annotations.NullMarked;
