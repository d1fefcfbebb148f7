/** Runs groups of floating IPs: carries out what their machine wants, and tells it what happens. */
@NullMarked
package dev.holdfast.floatingip.group;

import org.jspecify.annotations.NullMarked;
