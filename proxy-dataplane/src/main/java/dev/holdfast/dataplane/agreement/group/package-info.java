/**
 * How a group comes to be and who is in it: what a peer that belongs to none makes of what others
 * say, and which member a leader adds or removes next.
 */
@NullMarked
package dev.holdfast.dataplane.agreement.group;

import org.jspecify.annotations.NullMarked;
