/**
 * This process as one of the replicas that agree: where its log is, who the others are, and what is
 * told of them.
 */
@NullMarked
package dev.holdfast.dataplane.runtime.replica;

import org.jspecify.annotations.NullMarked;
