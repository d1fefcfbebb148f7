/**
 * The replicated log on Apache Ratis. Nothing else in Holdfast knows of that library, and nothing
 * of it is loaded before a log is opened. Its messages go over the project's own {@code
 * PeerNetwork}.
 */
@NullMarked
package dev.holdfast.dataplane.agreement.raft;

import org.jspecify.annotations.NullMarked;
