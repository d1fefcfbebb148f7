/** Talks to the admin interface of a running data plane. */
@NullMarked
package dev.holdfast.cli.client;

import org.jspecify.annotations.NullMarked;
