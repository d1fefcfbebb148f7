/** What the Hetzner Cloud API tells, and what follows from it: records and pure functions. */
@NullMarked
package dev.holdfast.floatingip.hetzner.model;

import org.jspecify.annotations.NullMarked;
