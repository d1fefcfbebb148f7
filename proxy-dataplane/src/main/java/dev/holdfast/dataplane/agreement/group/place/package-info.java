/** A peer's place in its group: on its disk, over its network, and in its log. */
@NullMarked
package dev.holdfast.dataplane.agreement.group.place;

import org.jspecify.annotations.NullMarked;
