/** Who may ask for what: tokens, client certificates, and the headers that browsers send. */
@NullMarked
package dev.holdfast.dataplane.admin.access;

import org.jspecify.annotations.NullMarked;
