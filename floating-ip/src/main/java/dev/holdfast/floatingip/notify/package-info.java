/** Tells people of what happens to a group, through the webhooks of their chats. */
@NullMarked
package dev.holdfast.floatingip.notify;

import org.jspecify.annotations.NullMarked;
