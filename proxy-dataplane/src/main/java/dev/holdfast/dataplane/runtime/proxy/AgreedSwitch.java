package dev.holdfast.dataplane.runtime.proxy;

import dev.holdfast.dataplane.agreement.ledger.Ledger;
import dev.holdfast.dataplane.agreement.ledger.Office;
import dev.holdfast.dataplane.agreement.ledger.Tenure;
import dev.holdfast.dataplane.failover.FailoverEvent.SwitchRequested;
import dev.holdfast.dataplane.failover.SwitchAnswer;
import dev.holdfast.dataplane.failover.SwitchAnswer.Refusal;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A person's wish for another primary, on its way through the group. What becomes of it is seen in
 * the ledger, whoever leads. Confined to the decision loop.
 *
 * @param before the epoch that was to be left
 */
record AgreedSwitch(SwitchRequested request, long before, CompletableFuture<SwitchAnswer> answer) {

  String to() {
    return request.to();
  }

  /** Answers if the ledger tells by now. */
  boolean answered(Ledger ledger) {
    var known = answer(ledger);
    return known != null && (answer.complete(known) || answer.isDone());
  }

  private @Nullable SwitchAnswer answer(Ledger ledger) {
    return switch (ledger.office()) {
      case Office.Vacant _ -> null;
      case Office.Serving(var tenure) when tenure.epoch() == before -> null;
      case Office.Serving(var tenure) when isWanted(tenure) ->
          new SwitchAnswer.Admitted(tenure.epoch());
      case Office.Fencing(var tenure, var search, var runner) when !tenure.hooked() -> null;
      case Office.Fencing(var tenure, var search, var runner) when isWanted(tenure) ->
          new SwitchAnswer.HooksRunning(tenure.epoch());
      case Office.RunningHooks(var tenure, var search, var runner) when isWanted(tenure) ->
          new SwitchAnswer.HooksRunning(tenure.epoch());
      case Office _ ->
          new SwitchAnswer.Refused(
              Refusal.Overtaken, "the primary changed meanwhile; look at the status and ask again");
    };
  }

  private boolean isWanted(Tenure tenure) {
    return tenure.name().equals(to());
  }

  /** Nothing has come of it for long enough. */
  void giveUp() {
    answer.complete(
        new SwitchAnswer.Refused(
            Refusal.Unreachable, "no majority of the replicas has found it usable in time"));
  }
}
