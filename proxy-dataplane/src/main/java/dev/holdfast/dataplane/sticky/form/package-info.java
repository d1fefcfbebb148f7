/** How a machine with its table is written, on a disk of its own or in a log that others share. */
@NullMarked
package dev.holdfast.dataplane.sticky.form;

import org.jspecify.annotations.NullMarked;
