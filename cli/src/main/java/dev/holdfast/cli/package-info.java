/** The {@code holdfast} command: its options, one class a sub-command. */
@NullMarked
package dev.holdfast.cli;

import org.jspecify.annotations.NullMarked;
