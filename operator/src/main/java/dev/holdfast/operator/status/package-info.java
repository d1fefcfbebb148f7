/** From observed facts to a resource's status; pure. */
@NullMarked
package dev.holdfast.operator.status;

import org.jspecify.annotations.NullMarked;
