/** What replicas agree on when they share one table of keys. */
@NullMarked
package dev.holdfast.dataplane.agreement.stick;

import org.jspecify.annotations.NullMarked;
