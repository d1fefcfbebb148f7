/** Which group a client's key belongs to: a bounded table that many threads read and one writes. */
@NullMarked
package dev.holdfast.dataplane.sticky.table;

import org.jspecify.annotations.NullMarked;
