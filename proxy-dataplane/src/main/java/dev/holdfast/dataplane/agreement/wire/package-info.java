/** The bytes of what logs keep: commands and ledgers, each with the version of its form. */
@NullMarked
package dev.holdfast.dataplane.agreement.wire;

import org.jspecify.annotations.NullMarked;
