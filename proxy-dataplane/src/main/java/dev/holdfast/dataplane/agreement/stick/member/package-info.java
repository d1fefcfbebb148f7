/**
 * Decides what one replica does that shares a table: when it asks for a lease and acts under it,
 * when it cuts its connections, and, as leader, what the table is told of time, checks and
 * configurations; pure.
 */
@NullMarked
package dev.holdfast.dataplane.agreement.stick.member;

import org.jspecify.annotations.NullMarked;
