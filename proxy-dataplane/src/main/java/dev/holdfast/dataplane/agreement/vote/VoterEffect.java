package dev.holdfast.dataplane.agreement.vote;

import dev.holdfast.dataplane.failover.Candidate;

/** What a voter has done. */
public sealed interface VoterEffect {

  /** Find out whether it is usable, and answer with {@link VoterEvent.Tried} of this number. */
  record Try(long number, Candidate candidate) implements VoterEffect {}

  /** Cast a ballot with {@link VoterState#verdicts}; that several steps want it, one is enough. */
  record Cast() implements VoterEffect {}
}
