package dev.holdfast.dataplane.agreement.stick;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.agreement.DriftingClock;
import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.LeaseTerms;
import dev.holdfast.dataplane.agreement.LogModel;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.MemberTrouble;
import dev.holdfast.dataplane.agreement.SimulatedNetwork;
import dev.holdfast.dataplane.agreement.SimulatedProcess.Process;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEffect;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEvent;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberPolicy;
import dev.holdfast.dataplane.failover.VirtualQueue;
import dev.holdfast.dataplane.sticky.Keys;
import dev.holdfast.dataplane.sticky.StickCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One history of a group of three or five that share a table: members, their log and network, and
 * clients that arrive at any of them. After a time of trouble comes a calm in which a majority is
 * there and the network is whole.
 */
final class StickSimulation implements MemberTrouble.World {
  static final Duration LEASE = Duration.ofSeconds(3);

  /** The bound d of {@link LeaseTerms}. */
  static final double CLOCK_ERROR = 0.01;

  /** What is to be taken out is left over for the next command now and then. */
  static final TableLedger.Bounds BOUNDS = new TableLedger.Bounds(3, Fences.MOST_KEYS);

  private static final Instant CALM_AT = Instant.EPOCH.plus(Duration.ofSeconds(14));
  private static final Instant END = CALM_AT.plus(Duration.ofSeconds(16));

  /** In the calm, a fence may stand until the next regular renewal, and then a claim is retried. */
  private static final Duration SERVED_WITHIN = Duration.ofSeconds(2);

  /** Half of what the formula leaves: a timer's and a cut's lateness together may use it up. */
  private static final int LATENESS_MS = 119;

  private static final int CUT_MS = 300;

  /** What is made wrong on purpose. */
  enum Bug {
    None,
    /** A replica says that it has cut whatever is going to be taken away. */
    NoFence,
    /** A replica says that it has cut what it has only begun to. */
    EarlyCut
  }

  private final Random random;
  private final VirtualQueue queue = new VirtualQueue();
  private final SimulatedNetwork network = new SimulatedNetwork();
  private final Map<MemberId, SimulatedReplica> members = new TreeMap<>();
  private final SimulatedGroups groups;
  private final StickSimulationLaws laws;
  private final LogModel<TableCommand, LedgerImage> log;
  private final TableTrouble trouble;
  private final double clockError;
  private final Bug bug;
  private final List<Object> history = new ArrayList<>();
  private StickMemberPolicy policy;
  private boolean calm;

  private record Note(
      Instant at, Incarnation who, StickMemberEvent event, List<StickMemberEffect> effects) {}

  private record Remark(Instant at, String what) {}

  StickSimulation(long seed) {
    this(seed, LeaseTerms.of(LEASE), CLOCK_ERROR, Bug.None);
  }

  /**
   * @param terms that the members go by
   * @param clockError by which clocks are fast or slow at most
   */
  StickSimulation(long seed, LeaseTerms terms, double clockError, Bug bug) {
    random = new Random(seed);
    this.clockError = clockError;
    this.bug = bug;
    groups = new SimulatedGroups(random);
    policy = groups.policy(terms);
    laws = new StickSimulationLaws(this, longest());
    var first = new TreeSet<MemberId>();
    for (int i = 0; i < (random.nextBoolean() ? 3 : 5); i++) {
      first.add(new MemberId("m" + i, 0));
    }
    log = new LogModel<>(queue, random, network, laws, first);
    trouble = new TableTrouble(this, random, network, log, groups);
    first.forEach(this::start);
  }

  /** For which a replica may go on that has not heard what was taken away. */
  private static Duration longest() {
    var held = LeaseTerms.of(LEASE).heldFor().toNanos();
    return Duration.ofNanos((long) (held * (1 + CLOCK_ERROR)))
        .plusMillis(2 * LATENESS_MS + CUT_MS + 10);
  }

  List<String> history() {
    return history.stream().map(Object::toString).toList();
  }

  VirtualQueue queue() {
    return queue;
  }

  StickSimulationLaws laws() {
    return laws;
  }

  TableTrouble troubles() {
    return trouble;
  }

  LogModel<TableCommand, LedgerImage> log() {
    return log;
  }

  Collection<SimulatedReplica> replicas() {
    return members.values();
  }

  StickMemberPolicy policy() {
    return policy;
  }

  Duration lateness() {
    return Duration.ofMillis(random.nextInt(LATENESS_MS));
  }

  Duration cutTime() {
    return Duration.ofMillis(random.nextInt(CUT_MS));
  }

  /** Whether a claim is made although its fence stands. */
  boolean asksAnyway() {
    return random.nextInt(4) == 0;
  }

  TableCommand planted(TableCommand command) {
    return bug == Bug.NoFence
            && command
                instanceof TableCommand.RenewLease(var holder, var after, var serial, var cut)
        ? new TableCommand.RenewLease(holder, after, serial, Long.MAX_VALUE)
        : command;
  }

  StickMemberEvent planted(StickMemberEvent.Applied event) {
    return bug == Bug.EarlyCut
        ? new StickMemberEvent.Applied(event.index(), event.head(), false)
        : event;
  }

  StickSimulationLaws run() {
    queue.after(Duration.ZERO, this::disturb);
    queue.after(Duration.ZERO, this::clients);
    queue.runUntil(CALM_AT);
    beginCalm();
    queue.runUntil(END);
    settled();
    return laws;
  }

  @Override
  public void start(MemberId id) {
    var error = clockError * (random.nextInt(3) == 0 ? 1 : 2 * random.nextDouble() - 1);
    var clock =
        new DriftingClock(queue, random.nextLong(1L << 40), random.nextBoolean() ? error : -error);
    network.running(id, true);
    var replica =
        new SimulatedReplica(this, new Incarnation(id, random.nextLong()), clock, log, policy);
    members.put(id, replica);
    replica.membersChanged(log.members());
    replica.send(new StickMemberEvent.Tick());
    replica.tell();
  }

  void configure(StickMemberPolicy next) {
    policy = next;
    remark("generation " + next.generation() + " " + next.configuration());
    for (var member : members.values()) {
      queue.after(Duration.ofMillis(random.nextInt(2_000)), () -> member.configure(next));
    }
  }

  private void disturb() {
    if (!calm) {
      trouble.strike();
      queue.after(Duration.ofMillis(random.nextInt(1_400)), this::disturb);
    }
  }

  private void beginCalm() {
    calm = true;
    remark("calm");
    trouble.end();
    log.calm();
    configure(groups.settled(policy));
    var wishes = groups.unchanged();
    queue.after(
        Duration.ofSeconds(8),
        () -> members.values().forEach(member -> wishes.forEach(member::ask)));
  }

  /** Progress: whoever is there serves every client, by the same table. */
  private void settled() {
    int there = 0;
    for (var replica : members.values()) {
      if (replica.is(Process.Running)) {
        there++;
        assertThat(replica.log().read())
            .as("what %s has applied", replica.id())
            .isCompletedWithValue(log.newest());
        assertThat(replica.admits()).as("whether %s admits", replica.id()).isTrue();
        assertThat(replica.clients().waitingSince(queue.now().minus(SERVED_WITHIN)))
            .as("clients that wait at %s", replica.id())
            .isZero();
        laws.saved(replica.id(), replica.snapshot());
      }
    }
    assertThat(2 * there).as("members in the calm").isGreaterThan(log.members().size());
  }

  /** One comes to some member, or to two of them at the same moment. */
  private void clients() {
    var key = Keys.key(random.nextInt(SimulatedGroups.KEYS));
    for (int doors = random.nextInt(4) == 0 ? 2 : 1; doors > 0; doors--) {
      var client = new SimulatedClients.Client(key, Duration.ofMillis(random.nextInt(4_000)));
      members.get(trouble.anybody()).client(client);
    }
    queue.after(Duration.ofMillis(1 + random.nextInt(150)), this::clients);
  }

  /** To itself, and to whoever leads. */
  void cast(SimulatedReplica from, long serial) {
    var ballot =
        new StickMemberEvent.BallotCast(
            from.self(), serial, groups.verdicts(policy, from.id()), Map.of(), Duration.ZERO);
    queue.after(Duration.ofMillis(1), () -> from.send(ballot));
    var leader = log.leader() == null ? null : members.get(log.leader());
    if (leader != null && leader != from) {
      send(from, leader, ballot);
    }
  }

  void askVerdicts(SimulatedReplica leader) {
    members.values().forEach(member -> send(leader, member, new StickMemberEvent.VerdictsWanted()));
  }

  private void send(SimulatedReplica from, SimulatedReplica to, StickMemberEvent message) {
    var lost = !calm && random.nextInt(20) == 0;
    if (!lost && network.reaches(from.id(), to.id())) {
      queue.after(Duration.ofMillis(1 + random.nextInt(40)), () -> to.send(message));
    }
  }

  void ask(StickCommand.Wish wish) {
    members.get(trouble.anybody()).ask(wish);
  }

  @Override
  public List<MemberId> ids() {
    return List.copyOf(members.keySet());
  }

  @Override
  public SimulatedReplica process(MemberId id) {
    return members.get(id);
  }

  @Override
  public void after(Duration time, Runnable task) {
    queue.after(time, task);
  }

  void note(Incarnation who, StickMemberEvent event, List<StickMemberEffect> effects) {
    history.add(new Note(queue.now(), who, event, effects));
  }

  @Override
  public void remark(String what) {
    history.add(new Remark(queue.now(), what));
  }
}
