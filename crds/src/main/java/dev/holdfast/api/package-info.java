/** What all kinds of resources share. */
@NullMarked
package dev.holdfast.api;

import org.jspecify.annotations.NullMarked;
