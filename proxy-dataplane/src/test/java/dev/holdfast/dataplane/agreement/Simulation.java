package dev.holdfast.dataplane.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.agreement.SimulatedMember.Route;
import dev.holdfast.dataplane.agreement.SimulatedProcess.Process;
import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Ledger;
import dev.holdfast.dataplane.agreement.ledger.Office;
import dev.holdfast.dataplane.agreement.member.MemberEffect;
import dev.holdfast.dataplane.agreement.member.MemberEvent;
import dev.holdfast.dataplane.agreement.member.MemberPolicy;
import dev.holdfast.dataplane.agreement.vote.VoterEvent;
import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.Failback;
import dev.holdfast.dataplane.failover.Reason;
import dev.holdfast.dataplane.failover.VirtualQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One history of a group of three or five: members, their log and network, backends and clients.
 * After a time of trouble comes a calm in which a majority is there and the network is whole.
 */
final class Simulation implements MemberTrouble.World {
  static final Duration LEASE = Duration.ofSeconds(3);

  /** The bound d of {@link LeaseTerms}. */
  static final double CLOCK_ERROR = 0.01;

  private static final Duration CHECKED_EVERY = Duration.ofSeconds(1);
  private static final Instant CALM_AT = Instant.EPOCH.plus(Duration.ofSeconds(14));
  private static final Instant END = CALM_AT.plus(Duration.ofSeconds(20));

  /** Before the end, for which nothing changes any more. */
  private static final Duration REST = Duration.ofSeconds(4);

  /** Half of what the formula leaves: a timer's and a cut's lateness together may use it up. */
  private static final int LATENESS_MS = 119;

  private final Random random;
  private final VirtualQueue queue = new VirtualQueue();
  private final SimulatedNetwork network = new SimulatedNetwork();
  private final Map<MemberId, SimulatedMember> members = new TreeMap<>();
  private final SimulatedBackends backends;
  private final SimulationLaws laws;
  private final LogModel<Command, Ledger> log;
  private final SimulatedTrouble trouble;
  private final double clockError;
  private final boolean checked;
  private final boolean oneDoor;
  private final Duration recheckInterval;
  private final List<Object> history = new ArrayList<>();
  private MemberPolicy policy;
  private boolean calm;

  private record Note(Instant at, Incarnation who, MemberEvent event, List<MemberEffect> effects) {}

  private record Remark(Instant at, String what) {}

  Simulation(long seed) {
    this(seed, LeaseTerms.of(LEASE), CLOCK_ERROR);
  }

  /**
   * @param terms that the members go by
   * @param clockError by which clocks are fast or slow at most
   */
  Simulation(long seed, LeaseTerms terms, double clockError) {
    random = new Random(seed);
    this.clockError = clockError;
    checked = random.nextInt(3) > 0;
    oneDoor = random.nextInt(3) == 0;
    recheckInterval = Duration.ofMillis(500 + random.nextInt(20_000));
    backends = new SimulatedBackends(random);
    policy = backends.policy(terms, checked);
    laws = new SimulationLaws(this, longest());
    var first = new TreeSet<MemberId>();
    for (int i = 0; i < (random.nextBoolean() ? 3 : 5); i++) {
      first.add(new MemberId("m" + i, 0));
    }
    log = new LogModel<>(queue, random, network, laws, first);
    trouble = new SimulatedTrouble(this, random, network, log, backends);
    first.forEach(this::start);
  }

  private static Duration longest() {
    var held = LeaseTerms.of(LEASE).heldFor().toNanos();
    return Duration.ofNanos((long) (held * (1 + CLOCK_ERROR))).plusMillis(2 * LATENESS_MS + 10);
  }

  List<String> history() {
    return history.stream().map(Object::toString).toList();
  }

  VirtualQueue queue() {
    return queue;
  }

  SimulationLaws laws() {
    return laws;
  }

  SimulatedTrouble troubles() {
    return trouble;
  }

  LogModel<Command, Ledger> log() {
    return log;
  }

  Collection<SimulatedMember> members() {
    return members.values();
  }

  SimulatedMember member(MemberId id) {
    return members.get(id);
  }

  @Override
  public SimulatedProcess process(MemberId id) {
    return member(id);
  }

  @Override
  public List<MemberId> ids() {
    return List.copyOf(members.keySet());
  }

  @Override
  public void after(Duration time, Runnable task) {
    queue.after(time, task);
  }

  MemberPolicy policy() {
    return policy;
  }

  boolean isolated(MemberId member) {
    return network.isolated(member, log.members());
  }

  long networkChanges() {
    return network.changes();
  }

  Duration lateness() {
    return Duration.ofMillis(random.nextInt(LATENESS_MS));
  }

  SimulationLaws run() {
    queue.after(Duration.ZERO, this::disturb);
    queue.after(Duration.ZERO, this::client);
    if (checked) {
      queue.after(Duration.ZERO, this::checkAll);
    }
    queue.runUntil(CALM_AT);
    beginCalm();
    queue.runUntil(END.minus(REST));
    var epoch = laws.newest().epoch();
    queue.runUntil(END);
    settled();
    assertThat(laws.newest().epoch()).as("the epoch at the end").isEqualTo(epoch);
    return laws;
  }

  @Override
  public void start(MemberId id) {
    var error = clockError * (random.nextInt(3) == 0 ? 1 : 2 * random.nextDouble() - 1);
    var clock =
        new DriftingClock(queue, random.nextLong(1L << 40), random.nextBoolean() ? error : -error);
    var self = new Incarnation(id, random.nextLong());
    network.running(id, true);
    var member = new SimulatedMember(this, self, clock, log, policy);
    members.put(id, member);
    member.membersChanged(log.members());
    member.send(new MemberEvent.Tick());
    member.find(new VoterEvent.Configured());
  }

  void forget(MemberId id) {
    members.remove(id);
  }

  /** The new configuration comes to each member in its own time. */
  void configure(MemberPolicy next) {
    policy = next;
    remark("generation " + next.generation() + " " + next.candidates());
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
    configure(backends.allActive(policy));
  }

  /** Progress: whoever is there admits to the same backend, and that can be reached. */
  private void settled() {
    var routes = new TreeMap<MemberId, Route>();
    for (var member : members.values()) {
      if (member.is(Process.Running)) {
        assertThat(member.log().read())
            .as("what %s has applied", member.id())
            .isCompletedWithValue(log.newest());
        assertThat(member.open()).as("whom %s admits to", member.id()).isNotNull();
        routes.put(member.id(), member.open());
      }
    }
    assertThat(2 * routes.size()).as("members in the calm").isGreaterThan(log.members().size());
    assertThat(routes.values()).as("routes").allMatch(routes.values().iterator().next()::equals);
    var primary = routes.values().iterator().next().backend();
    assertThat(backends.up(primary)).as("%s is up", primary).isTrue();
    if (laws.newest().office() instanceof Office.Serving(var tenure)
        && tenure.reason() != Reason.Switchover
        && !(policy.failback() instanceof Failback.Never)) {
      assertThat(primary)
          .as("the first that is up, by failback")
          .isEqualTo(
              policy.candidates().stream()
                  .map(Candidate::name)
                  .filter(backends::up)
                  .findFirst()
                  .orElseThrow());
    }
  }

  /** A client comes to each member, or to one only. */
  private void client() {
    members.values().stream()
        .filter(member -> member.is(Process.Running))
        .limit(oneDoor ? 1 : members.size())
        .forEach(SimulatedMember::client);
    queue.after(Duration.ofMillis(1 + random.nextInt(700)), this::client);
  }

  boolean reaches(MemberId from, String backend) {
    return backends.reachable(from, backend);
  }

  Duration recheckInterval() {
    return recheckInterval;
  }

  /** After which a try answers; empty for one that never does. */
  Optional<Duration> answerTime(MemberId from, String backend) {
    var mute = reaches(from, backend) ? !calm && random.nextInt(20) == 0 : random.nextBoolean();
    return mute ? Optional.empty() : Optional.of(Duration.ofMillis(1 + random.nextInt(300)));
  }

  private void checkAll() {
    for (var member : members.values()) {
      queue.after(Duration.ofMillis(random.nextInt(300)), member::check);
    }
    queue.after(CHECKED_EVERY, this::checkAll);
  }

  void toLeader(SimulatedMember from, MemberEvent event) {
    var leader = log.leader();
    if (leader != null && !leader.equals(from.id())) {
      send(from, members.get(leader), () -> members.get(leader).send(event));
    } else if (leader != null) {
      from.send(event);
    }
  }

  void askVerdicts(SimulatedMember leader, List<String> names) {
    for (var member : members.values()) {
      send(leader, member, () -> member.find(new VoterEvent.Asked(names)));
    }
  }

  private void send(SimulatedMember from, SimulatedMember to, Runnable message) {
    var lost = !calm && random.nextInt(20) == 0;
    if (!lost && network.reaches(from.id(), to.id())) {
      queue.after(Duration.ofMillis(1 + random.nextInt(40)), message);
    }
  }

  /** Some take longer than they may. */
  void hooks(SimulatedMember member, long run) {
    var slow = !calm && random.nextInt(3) == 0;
    var aborted = !calm && random.nextInt(5) == 0;
    var takes = Duration.ofMillis(random.nextInt(slow ? 12_000 : 1_500));
    member.endHooks(run, aborted, takes);
  }

  void note(Incarnation who, MemberEvent event, List<MemberEffect> effects) {
    history.add(new Note(queue.now(), who, event, effects));
  }

  @Override
  public void remark(String what) {
    history.add(new Remark(queue.now(), what));
  }
}
