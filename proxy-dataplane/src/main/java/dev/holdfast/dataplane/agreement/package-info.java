/**
 * What replicas agree on and how: identities, leases, and the seam behind which a replicated log
 * stands. Nothing is wired yet: the runtime does not start a member.
 */
@NullMarked
package dev.holdfast.dataplane.agreement;

import org.jspecify.annotations.NullMarked;
