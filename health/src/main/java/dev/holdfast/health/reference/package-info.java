/** Values that a resource names and does not hold: keys of Secrets and ConfigMaps. */
@NullMarked
package dev.holdfast.health.reference;

import org.jspecify.annotations.NullMarked;
