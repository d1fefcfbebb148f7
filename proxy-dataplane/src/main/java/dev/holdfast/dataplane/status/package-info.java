/** What is known of the running resources, and who wants to hear of a change. */
@NullMarked
package dev.holdfast.dataplane.status;

import org.jspecify.annotations.NullMarked;
