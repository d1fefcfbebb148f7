package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.dataplane.admin.http.Unavailable;
import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.replica.Replica;
import dev.holdfast.dataplane.agreement.replica.StickMessage;
import dev.holdfast.dataplane.agreement.stick.LedgerHead;
import dev.holdfast.dataplane.agreement.stick.LedgerImage;
import dev.holdfast.dataplane.agreement.stick.TableCommand;
import dev.holdfast.dataplane.agreement.stick.TableLedger;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEvent;
import dev.holdfast.dataplane.agreement.stick.member.StickReadiness;
import dev.holdfast.dataplane.config.BalancerConfig;
import dev.holdfast.dataplane.metrics.MetricSink;
import dev.holdfast.dataplane.relay.RelayServer;
import dev.holdfast.dataplane.relay.TimedLease;
import dev.holdfast.dataplane.runtime.replica.AgreementMetrics;
import dev.holdfast.dataplane.runtime.replica.Companions;
import dev.holdfast.dataplane.runtime.replica.Joining;
import dev.holdfast.dataplane.runtime.resource.Surroundings;
import dev.holdfast.dataplane.sticky.StickCommand;
import dev.holdfast.dataplane.sticky.table.StickTable;
import dev.holdfast.health.Health;
import dev.holdfast.health.probe.DecisionLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides together with the other replicas of the resource, over one table; admits nobody before it
 * has joined.
 */
final class AgreedStickDecider implements StickDecider {

  /** This replica's part in the group, while it has one. */
  private record Part(AgreedStickMember member, SharedKeys keys) {}

  private final Surroundings around;
  private final DecisionLoop loop;
  private final RelayServer relay;
  private final Replica<TableCommand, LedgerImage, StickMessage> replica;
  private final GroupChecks checks;
  private final StickMetrics metrics;
  private final AgreementMetrics agreement;
  private final RoutedKeys routed;
  private final TableLedger nothing;
  private final Joining<TableCommand, LedgerImage> joining;
  private final Companions companions;
  private final TableNews news;
  private final AtomicBoolean asked = new AtomicBoolean();
  private BalancerConfig config;
  private Map<String, Health> cast = Map.of();
  private long ballotsCast;
  private boolean closed;
  private volatile @Nullable Part part;

  AgreedStickDecider(
      Surroundings around,
      RelayServer relay,
      BalancerConfig config,
      GroupChecks checks,
      StickMetrics metrics,
      Replica<TableCommand, LedgerImage, StickMessage> replica,
      Runnable publish) {
    this.around = around;
    this.relay = relay;
    this.config = config;
    this.checks = checks;
    this.metrics = metrics;
    this.replica = replica;
    loop = around.decisions();
    agreement = new AgreementMetrics(config.relay().resource());
    nothing = new TableLedger(around.random().nextLong());
    routed = routed();
    joining = new Joining<>(config.key().toString(), loop, replica, new Place());
    var all = around.replicas().all(config);
    companions = new Companions(loop, replica::configure, around.instance(), all);
    news = new TableNews(loop, this::sight, publish);
  }

  private RoutedKeys routed() {
    var live = new LiveKeys();
    var view = BalancerView.of(config, List.of());
    var router =
        new KeyRouter(nothing.table(), live, view, ended(), this::askedFor, metrics::refused);
    return new RoutedKeys(
        router,
        live,
        new BalancerGate(relay, router, config, List.of()),
        new KeyCutter(loop, relay, new StickLog(config.key().toString())));
  }

  private static TimedLease ended() {
    return new TimedLease(System::nanoTime, System.nanoTime());
  }

  @Override
  public void start() {
    routed.gate().lapse(true);
    replica.onMessage(message -> loop.execute(() -> hear(message)));
    joining.begin();
  }

  private final class Place implements Joining.Listener<TableCommand, LedgerImage> {
    private CompletionStage<Void> departed = CompletableFuture.completedStage(null);

    /** A member begins without connections, and so those of the one before it must be cut. */
    @Override
    public void joined(Replica.Membership<TableCommand, LedgerImage> place) {
      departed.thenRunAsync(() -> begin(place), loop);
    }

    @Override
    public void left() {
      var gone = part;
      part = null;
      if (gone != null) {
        gone.keys().close();
        departed = gone.member().leave();
      }
      news.tellIfChanged();
    }

    @Override
    public void look() {
      news.tellIfChanged();
    }
  }

  private void begin(Replica.Membership<TableCommand, LedgerImage> place) {
    if (closed) {
      return;
    }
    var self = new Incarnation(place.self(), around.random().nextLong());
    var member =
        new AgreedStickMember(
            new AgreedStickMember.Seat(loop, relay, replica, place, agreement),
            config,
            self,
            nothing.head(),
            new Surface());
    var secret = around.random().nextLong();
    var keys = new SharedKeys(loop, routed, member, config, metrics, secret);
    part = new Part(member, keys);
    member.begin();
    keys.begin();
  }

  private final class Surface implements AgreedStickMember.Surface {
    @Override
    public void admit(TimedLease lease) {
      routed.router().follow(lease);
      routed.gate().lapse(false);
      routed.gate().settle();
    }

    @Override
    public void withdraw() {
      routed.router().follow(ended());
      routed.gate().lapse(true);
    }

    @Override
    public void cast() {
      loop.execute(AgreedStickDecider.this::cast);
    }

    @Override
    public void stepped() {
      news.tellIfChanged();
    }
  }

  @Override
  public void configure(BalancerConfig next) {
    companions.follow(around.replicas().all(next));
    config = next;
    routed.gate().configure(next, head().groups());
    var current = part;
    if (current != null) {
      current.keys().configure(next);
      current.member().configure(StickMemberPolicies.of(next));
    }
    judged();
  }

  @Override
  public void judged() {
    var current = part;
    if (current != null && !checks.verdicts().equals(cast)) {
      current.member().step(new StickMemberEvent.VerdictsWanted());
    }
  }

  /** Checks run all the time, and so what they say is of now. */
  private void cast() {
    var current = part;
    if (current == null) {
      return;
    }
    cast = checks.verdicts();
    ballotsCast++;
    var known = new HashMap<>(cast);
    known.values().removeIf(verdict -> verdict == Health.Unknown);
    var reasons = checks.reasons();
    var member = current.member();
    var self = member.self();
    if (!member.state().leads()) {
      replica.tellLeader(
          new StickMessage.Verdicts(self, ballotsCast, known, reasons, Duration.ZERO));
    }
    member.step(new StickMemberEvent.BallotCast(self, ballotsCast, known, reasons, Duration.ZERO));
  }

  private void hear(StickMessage message) {
    var current = part;
    if (current == null || closed) {
      return;
    }
    switch (message) {
      case StickMessage.Verdicts(var voter, var serial, var verdicts, var reasons, var age) ->
          current
              .member()
              .step(new StickMemberEvent.BallotCast(voter, serial, verdicts, reasons, age));
      case StickMessage.AskVerdicts() ->
          current.member().step(new StickMemberEvent.VerdictsWanted());
    }
  }

  /** Any thread. */
  private void askedFor() {
    if (asked.compareAndSet(false, true)) {
      loop.execute(this::take);
    }
  }

  private void take() {
    asked.set(false);
    var current = part;
    if (current != null) {
      current.keys().take();
      if (routed.router().hasRequests()) {
        askedFor();
      }
    } else {
      routed.router().take(Integer.MAX_VALUE).forEach(lost -> routed.router().answer(lost, false));
    }
  }

  @Override
  public boolean isSettled() {
    return routed.gate().isSettled();
  }

  @Override
  public boolean isShut() {
    return routed.gate().isShut();
  }

  private LedgerHead head() {
    var current = part;
    return current == null ? nothing.head() : current.keys().head();
  }

  @Override
  public StickStanding standing() {
    return news.standing();
  }

  private TableNews.Sight sight() {
    var current = part;
    return new TableNews.Sight(
        head(),
        config.stickiness(),
        current == null ? null : current.member(),
        joining.agreement());
  }

  @Override
  public <T> T read(Function<StickTable, T> question) {
    var current = part;
    return current == null ? question.apply(nothing.table()) : current.keys().read(question);
  }

  @Override
  public CompletionStage<Boolean> wish(StickCommand.Wish wish) {
    var current = part;
    return current == null
        ? CompletableFuture.failedStage(
            new Unavailable("this replica takes no part yet; ask another one, or again later"))
        : current.keys().wish(wish);
  }

  @Override
  public boolean ready() {
    var current = part;
    return current != null
        && current.member().readiness() == StickReadiness.Ready
        && !companions.leaving();
  }

  @Override
  public void collect(MetricSink sink) {
    var current = part;
    if (current != null) {
      agreement.collect(current.member().figures(), sink);
    }
  }

  @Override
  public void close() {
    closed = true;
    joining.close();
    companions.close();
    routed.cutter().close();
    var current = part;
    if (current != null) {
      current.keys().close();
      current.member().close();
    }
  }

  @Override
  public void awaitClosed() {}
}
