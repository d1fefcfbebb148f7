package dev.holdfast.dataplane.runtime.proxy;

import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Ledger;
import dev.holdfast.dataplane.agreement.ledger.Office;
import dev.holdfast.dataplane.agreement.ledger.Tenure;
import dev.holdfast.dataplane.agreement.member.MemberEvent;
import dev.holdfast.dataplane.agreement.member.Readiness;
import dev.holdfast.dataplane.agreement.replica.ProxyMessage;
import dev.holdfast.dataplane.agreement.replica.Replica;
import dev.holdfast.dataplane.agreement.vote.VoterEvent;
import dev.holdfast.dataplane.config.ProxyConfig;
import dev.holdfast.dataplane.failover.Backoff;
import dev.holdfast.dataplane.failover.FailoverEvent.ConnectFailed;
import dev.holdfast.dataplane.failover.FailoverEvent.SwitchRequested;
import dev.holdfast.dataplane.failover.FailoverEvent.VerdictChanged;
import dev.holdfast.dataplane.failover.Outcome;
import dev.holdfast.dataplane.failover.SwitchAnswer;
import dev.holdfast.dataplane.metrics.MetricSink;
import dev.holdfast.dataplane.runtime.replica.Companions;
import dev.holdfast.dataplane.runtime.replica.Joining;
import dev.holdfast.health.probe.DecisionLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides together with the other replicas of the resource; admits nobody before it has joined. */
final class AgreedDecider implements Decider {
  private static final Logger log = LoggerFactory.getLogger("dev.holdfast.agreement");

  private final Equipment equipment;
  private final DecisionLoop loop;
  private final Replica<Command, Ledger, ProxyMessage> replica;
  private final ClientGate gate;
  private final OwnVerdicts own;
  private final AgreedSwitches switches;
  private final Joining<Command, Ledger> joining;
  private final Companions companions;
  private ProxyConfig config;
  private boolean casting;

  private boolean closed;
  private Standing told = Standing.nothing();
  private volatile @Nullable AgreedMember member;

  AgreedDecider(
      Equipment equipment, ProxyConfig config, Replica<Command, Ledger, ProxyMessage> replica) {
    this.equipment = equipment;
    this.config = config;
    this.replica = replica;
    loop = equipment.around().decisions();
    gate = new ClientGate(equipment.relay(), config);
    own = new OwnVerdicts(equipment, config, new Ear());
    switches = new AgreedSwitches(loop, replica);
    joining = new Joining<>(config.key().toString(), loop, replica, new Place());
    companions =
        new Companions(
            loop,
            replica::configure,
            equipment.around().instance(),
            equipment.around().replicas().all(config));
  }

  @Override
  public void start() {
    gate.configure(config);
    own.follow(config);
    replica.onMessage(message -> loop.execute(() -> hear(message)));
    joining.begin();
  }

  private final class Place implements Joining.Listener<Command, Ledger> {
    private CompletionStage<Void> departed = CompletableFuture.completedStage(null);

    /** A member begins without connections, and so those of the one before it must be cut. */
    @Override
    public void joined(Replica.Membership<Command, Ledger> place) {
      departed.thenRunAsync(() -> begin(place), loop);
    }

    private void begin(Replica.Membership<Command, Ledger> place) {
      if (!closed) {
        var joined =
            new AgreedMember(equipment, config, replica, place, gate, AgreedDecider.this::stepped);
        member = joined;
        joined.begin();
        castSoon();
      }
    }

    @Override
    public void left() {
      var gone = member;
      member = null;
      if (gone != null) {
        departed = gone.leave();
      }
      tellIfChanged();
    }

    @Override
    public void look() {
      tellIfChanged();
    }
  }

  @Override
  public void configure(ProxyConfig next) {
    companions.follow(equipment.around().replicas().all(next));
    config = next;
    gate.configure(next);
    own.follow(next);
    if (member != null) {
      member.configure(next);
    }
    castSoon();
  }

  @Override
  public void judged(VerdictChanged verdict) {
    own.step(new VoterEvent.Judged(verdict.backend(), verdict.verdict(), verdict.why()));
  }

  @Override
  public void checked(String backend) {
    own.step(new VoterEvent.Checked(backend));
    equipment.hearFailuresAgain().run();
  }

  /**
   * Nothing is decided by it: this replica tries for itself, and so do all when the leader asks.
   * The message may be lost, and then this replica's ballots are enough to make the leader ask.
   */
  @Override
  public void connectFailed(ConnectFailed failed) {
    var tenure = serving(failed.epoch());
    if (tenure != null) {
      own.step(new VoterEvent.Asked(List.of(tenure.name())));
      replica.tellLeader(new ProxyMessage.ConnectFailed(failed.epoch()));
    }
  }

  private @Nullable Tenure serving(long epoch) {
    return member != null
            && member.ledger().office() instanceof Office.Serving(var tenure)
            && tenure.epoch() == epoch
        ? tenure
        : null;
  }

  @Override
  public void listening(boolean open) {}

  @Override
  public void switchTo(SwitchRequested request, CompletableFuture<SwitchAnswer> answer) {
    log.info(
        "{}: a switch to {} is asked for, force {}", config.key(), request.to(), request.force());
    switches.ask(request, config, member == null ? null : member.ledger(), answer);
  }

  private void hear(ProxyMessage message) {
    if (member == null || closed) {
      return;
    }
    switch (message) {
      case ProxyMessage.Verdicts(var voter, var serial, var verdicts, var age) ->
          member.step(new MemberEvent.BallotCast(voter, serial, verdicts, age));
      case ProxyMessage.ConnectFailed(var epoch) ->
          member.step(new MemberEvent.ConnectFailed(epoch));
      case ProxyMessage.SwitchWished(var to, var force) -> {
        log.debug("{}: {} is wished for, force {}", config.key(), to, force);
        member.step(new MemberEvent.SwitchRequested(to, force));
      }
      case ProxyMessage.AskVerdicts(var backends) -> own.step(new VoterEvent.Asked(backends));
    }
  }

  private final class Ear implements OwnVerdicts.Listener {
    @Override
    public void cast() {
      castSoon();
      tellIfChanged();
    }

    /** A client that could not reach a primary which the others kept may do so now. */
    @Override
    public void tried(String backend, Outcome outcome) {
      equipment.hearFailuresAgain().run();
      if (outcome instanceof Outcome.Connected
          && member != null
          && member.ledger().office() instanceof Office.Serving(var tenure)
          && tenure.name().equals(backend)) {
        loop.after(Backoff.MIN, () -> equipment.relay().retry(tenure.epoch()));
      }
    }
  }

  /** What is found out at a time goes into one ballot. */
  private void castSoon() {
    if (!casting) {
      casting = true;
      loop.execute(this::cast);
    }
  }

  private void cast() {
    casting = false;
    if (member != null) {
      member.cast(own.verdicts());
    }
  }

  private void stepped() {
    var joined = member;
    if (joined != null) {
      switches.look(joined.ledger());
    }
    tellIfChanged();
  }

  private void tellIfChanged() {
    var now = standing();
    if (!now.equals(told)) {
      told = now;
      equipment.publish().run();
    }
  }

  @Override
  public Standing standing() {
    var joined = member;
    return joined == null
        ? new Standing(null, own.backends(), null, List.of(), joining.agreement())
        : new Standing(
            joined.history().primary(),
            own.backends(),
            joined.history().lastFailover(),
            joined.hooks(),
            joined.agreement());
  }

  @Override
  public boolean ready() {
    var joined = member;
    return joined != null && joined.readiness() == Readiness.Ready && !companions.leaving();
  }

  @Override
  public void collect(MetricSink sink) {
    var joined = member;
    if (joined != null) {
      joined.metrics().collect(joined.figures(), sink);
      joined.metrics().collectPrimaries(joined.ledger().epoch(), sink);
    }
  }

  @Override
  public void close() {
    closed = true;
    joining.close();
    own.close();
    switches.close();
    companions.close();
    if (member != null) {
      member.close();
    }
  }
}
