package dev.holdfast.dataplane.agreement.stick.member;

import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.stick.TableCommand;

/** What is to be done. Effects of one step are carried out in their order. */
public sealed interface StickMemberEffect {

  /** Hand it to the log. No answer is needed: what was lost is proposed again. */
  record Propose(TableCommand command) implements StickMemberEffect {}

  /**
   * New clients go where the table says, until that time. Who accepts a client or moves its bytes
   * compares the time first, because this process may have been stopped since the last effect.
   */
  record Admit(Moment until) implements StickMemberEffect {}

  /** Clients that were admitted, and new ones if they are, may go on until this later time. */
  record Prolong(Moment until) implements StickMemberEffect {}

  /** From now on no new client goes anywhere. Those that were admitted go on. */
  record Withdraw() implements StickMemberEffect {}

  /** Cut all connections at once, and answer with {@link StickMemberEvent.Severed}. */
  record Sever() implements StickMemberEffect {}

  /** Tell what this process found out, to this machine and to whoever leads. */
  record Cast() implements StickMemberEffect {}

  /** Have every member cast its ballot. */
  record AskVerdicts() implements StickMemberEffect {}
}
