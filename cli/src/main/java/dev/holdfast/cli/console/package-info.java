/** What all commands share: errors for the user, the log, tables. */
@NullMarked
package dev.holdfast.cli.console;

import org.jspecify.annotations.NullMarked;
