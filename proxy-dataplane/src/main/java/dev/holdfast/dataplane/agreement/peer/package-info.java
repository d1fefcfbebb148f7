/** What the members of one group say to each other, and the authenticated port it is said over. */
@NullMarked
package dev.holdfast.dataplane.agreement.peer;

import org.jspecify.annotations.NullMarked;
