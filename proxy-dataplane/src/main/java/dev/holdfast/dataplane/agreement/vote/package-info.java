/** Which backends a majority of the members can reach, and which of them is to be primary. */
@NullMarked
package dev.holdfast.dataplane.agreement.vote;

import org.jspecify.annotations.NullMarked;
