/** Reads and shows what a running data plane says of itself. */
@NullMarked
package dev.holdfast.cli.status;

import org.jspecify.annotations.NullMarked;
