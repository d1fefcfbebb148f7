/** What the services of resources of all kinds have in common. */
@NullMarked
package dev.holdfast.dataplane.runtime.resource;

import org.jspecify.annotations.NullMarked;
