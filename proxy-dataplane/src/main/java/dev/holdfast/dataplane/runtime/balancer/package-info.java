/** Runs a StickyBalancer: finds each client the group of its key, alone or with other replicas. */
@NullMarked
package dev.holdfast.dataplane.runtime.balancer;

import org.jspecify.annotations.NullMarked;
