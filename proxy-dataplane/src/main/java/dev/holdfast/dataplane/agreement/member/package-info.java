/**
 * One member's decisions, as a replica that admits and as the leader that proposes: a pure machine
 * over events, whose effects the runtime carries out.
 */
@NullMarked
package dev.holdfast.dataplane.agreement.member;

import org.jspecify.annotations.NullMarked;
