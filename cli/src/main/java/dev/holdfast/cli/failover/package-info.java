/** flopsy's command line and container, as a FailoverProxy. */
@NullMarked
package dev.holdfast.cli.failover;

import org.jspecify.annotations.NullMarked;
