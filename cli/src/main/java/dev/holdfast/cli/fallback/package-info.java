/** tcp_fallback's command line, log and statistics, over a FailoverProxy. */
@NullMarked
package dev.holdfast.cli.fallback;

import org.jspecify.annotations.NullMarked;
