/** Takes tcpffee's configuration: reads it, checks it and says it as a StickyBalancer. */
@NullMarked
package dev.holdfast.cli.tcpffee;

import org.jspecify.annotations.NullMarked;
