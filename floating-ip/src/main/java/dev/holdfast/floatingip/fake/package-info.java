/** A Hetzner Cloud API that runs here: for tests, demonstrations and trials. */
@NullMarked
package dev.holdfast.floatingip.fake;

import org.jspecify.annotations.NullMarked;
