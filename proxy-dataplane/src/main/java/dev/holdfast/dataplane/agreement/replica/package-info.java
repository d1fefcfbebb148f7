/** The seam between what decides and the group of replicas that it decides with. */
@NullMarked
package dev.holdfast.dataplane.agreement.replica;

import org.jspecify.annotations.NullMarked;
