/** Leases that a log counts: as who asked for one knows of it, and as everybody else does. */
@NullMarked
package dev.holdfast.dataplane.agreement.lease;

import org.jspecify.annotations.NullMarked;
