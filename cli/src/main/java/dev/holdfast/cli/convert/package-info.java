/** Makes a FailoverProxy of what another tool's command line says. */
@NullMarked
package dev.holdfast.cli.convert;

import org.jspecify.annotations.NullMarked;
