/** Requests to addresses that users name and that are secrets: webhooks and push monitors. */
@NullMarked
package dev.holdfast.floatingip.web;

import org.jspecify.annotations.NullMarked;
