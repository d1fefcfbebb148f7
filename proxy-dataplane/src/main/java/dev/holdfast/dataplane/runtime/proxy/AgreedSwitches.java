package dev.holdfast.dataplane.runtime.proxy;

import dev.holdfast.dataplane.agreement.LeaseTerms;
import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Ledger;
import dev.holdfast.dataplane.agreement.ledger.Office;
import dev.holdfast.dataplane.agreement.replica.ProxyMessage;
import dev.holdfast.dataplane.agreement.replica.Replica;
import dev.holdfast.dataplane.config.ProxyConfig;
import dev.holdfast.dataplane.failover.FailoverEvent.SwitchRequested;
import dev.holdfast.dataplane.failover.SwitchAnswer;
import dev.holdfast.dataplane.failover.SwitchAnswer.Refusal;
import dev.holdfast.health.probe.DecisionLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Takes people's wishes for another primary to whoever leads. Confined to the decision loop. */
final class AgreedSwitches {
  private static final int MOST = 16;

  private final DecisionLoop loop;
  private final Replica<Command, Ledger, ProxyMessage> replica;
  private final List<AgreedSwitch> underWay = new ArrayList<>();

  AgreedSwitches(DecisionLoop loop, Replica<Command, Ledger, ProxyMessage> replica) {
    this.loop = loop;
    this.replica = replica;
  }

  /**
   * @param ledger null while this replica is in no group
   */
  void ask(
      SwitchRequested request,
      ProxyConfig config,
      @Nullable Ledger ledger,
      CompletableFuture<SwitchAnswer> answer) {
    var known = answer(request, config, ledger);
    if (known != null) {
      answer.complete(known);
      return;
    }
    var agreement = Objects.requireNonNull(config.agreement(), "a resource that agrees");
    var wish = new AgreedSwitch(request, serving(ledger), answer);
    underWay.add(wish);
    // a leader that is told last gives the wish up before its asker does
    var told = agreement.verdictAge();
    var done = told.multipliedBy(2).plus(config.policy().hooks().deadline());
    loop.after(done, () -> giveUp(wish));
    var pause = LeaseTerms.of(agreement.leaseDuration()).renewEvery().dividedBy(2);
    tell(wish, pause, loop.now().plus(told));
  }

  /** Again and again: nothing of it is committed, and the leader that hears it may end. */
  private void tell(AgreedSwitch wish, Duration pause, Instant until) {
    if (underWay.contains(wish) && loop.now().isBefore(until)) {
      replica.tellLeader(new ProxyMessage.SwitchWished(wish.to(), wish.request().force()));
      loop.after(pause, () -> tell(wish, pause, until));
    }
  }

  /** What can be said without asking anybody. */
  private @Nullable SwitchAnswer answer(
      SwitchRequested request, ProxyConfig config, @Nullable Ledger ledger) {
    var to = request.to();
    var candidate =
        config.policy().candidates().stream().filter(one -> one.name().equals(to)).findFirst();
    if (candidate.isEmpty()) {
      return new SwitchAnswer.Refused(Refusal.UnknownBackend, "there is no backend " + to);
    }
    if (!candidate.get().active()) {
      return new SwitchAnswer.Refused(
          Refusal.NotActive, "its state is " + candidate.get().wish().name());
    }
    if (ledger == null || !(ledger.office() instanceof Office.Serving(var tenure))) {
      return new SwitchAnswer.Refused(
          Refusal.ChangeUnderWay, "the replicas have no primary yet that could be left");
    }
    if (tenure.name().equals(to)) {
      return new SwitchAnswer.Admitted(tenure.epoch());
    }
    return underWay.size() < MOST
        ? null
        : new SwitchAnswer.Refused(Refusal.ChangeUnderWay, "too many others wish for one, too");
  }

  private static long serving(@Nullable Ledger ledger) {
    return ledger != null && ledger.office() instanceof Office.Serving(var tenure)
        ? tenure.epoch()
        : 0;
  }

  /** Answers what the ledger tells by now. */
  void look(Ledger ledger) {
    underWay.removeIf(wish -> wish.answered(ledger));
  }

  private void giveUp(AgreedSwitch wish) {
    if (underWay.remove(wish)) {
      wish.giveUp();
    }
  }

  void close() {
    underWay.forEach(AgreedSwitch::giveUp);
    underWay.clear();
  }
}
