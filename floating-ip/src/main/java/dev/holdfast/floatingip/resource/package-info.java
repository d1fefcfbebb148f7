/** Runs what a FloatingIpGroup says, in a cluster and without one. */
@NullMarked
package dev.holdfast.floatingip.resource;

import org.jspecify.annotations.NullMarked;
