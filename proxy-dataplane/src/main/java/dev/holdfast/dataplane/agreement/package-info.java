/**
 * What replicas agree on and how: identities, leases, and the seam behind which a replicated log
 * stands.
 */
@NullMarked
package dev.holdfast.dataplane.agreement;

import org.jspecify.annotations.NullMarked;
