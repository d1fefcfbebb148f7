package dev.holdfast.dataplane.agreement.member;

import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Target;
import dev.holdfast.dataplane.agreement.ledger.Tenure;
import java.util.List;

/** What is to be done. Effects of one step are carried out in their order. */
public sealed interface MemberEffect {

  /** Hand it to the log. No answer is needed: what was lost is proposed again. */
  record Propose(Command command) implements MemberEffect {}

  /**
   * New clients go to this target until that time. Who accepts a client or moves its bytes compares
   * the time first, because this process may have been stopped since the last effect.
   */
  record Admit(Target target, long epoch, Moment until) implements MemberEffect {}

  /** Clients that were admitted, and new ones if they are, may go on until this later time. */
  record Prolong(Moment until) implements MemberEffect {}

  /** From now on no new client goes anywhere. Those that were admitted go on. */
  record Withdraw() implements MemberEffect {}

  /** Cut all connections at once, and answer with {@link MemberEvent.Severed}. */
  record Sever() implements MemberEffect {}

  /**
   * Run the hooks and answer with {@link MemberEvent.HooksEnded} of the same number.
   *
   * @param until after which they must not begin
   */
  record RunHooks(long run, Tenure tenure, Moment until) implements MemberEffect {}

  /** End what still runs. No answer is needed. */
  record CancelHooks(long run) implements MemberEffect {}

  /** Have every member cast its ballot, and another one when it has tried these backends. */
  record AskVerdicts(List<String> backends) implements MemberEffect {
    public AskVerdicts {
      backends = List.copyOf(backends);
    }
  }
}
