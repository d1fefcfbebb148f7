/** Takes flipper's configuration: reads it, checks it and says it as FloatingIpGroups. */
@NullMarked
package dev.holdfast.cli.flipper;

import org.jspecify.annotations.NullMarked;
