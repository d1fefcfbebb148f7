/** What the operator hears from data-plane pods, and the configuration it sends to them. */
@NullMarked
package dev.holdfast.operator.dataplane;

import org.jspecify.annotations.NullMarked;
