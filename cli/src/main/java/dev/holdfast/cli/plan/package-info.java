/** The documents that {@code holdfast plan} reads and prints. */
@NullMarked
package dev.holdfast.cli.plan;

import org.jspecify.annotations.NullMarked;
