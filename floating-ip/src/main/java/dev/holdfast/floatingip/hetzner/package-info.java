/** The client of the Hetzner Cloud API. */
@NullMarked
package dev.holdfast.floatingip.hetzner;

import org.jspecify.annotations.NullMarked;
