/** What is worth an Event, and how Events are written once. */
@NullMarked
package dev.holdfast.operator.events;

import org.jspecify.annotations.NullMarked;
