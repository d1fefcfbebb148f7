/**
 * One member's decisions, as a replica that admits and as the leader that proposes: a pure machine
 * over events. Nothing carries out its effects yet but the simulation.
 */
@NullMarked
package dev.holdfast.dataplane.agreement.member;

import org.jspecify.annotations.NullMarked;
