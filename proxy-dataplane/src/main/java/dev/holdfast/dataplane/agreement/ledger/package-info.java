/** What the replicas agreed on, as a pure function of the committed commands in their order. */
@NullMarked
package dev.holdfast.dataplane.agreement.ledger;

import org.jspecify.annotations.NullMarked;
