package dev.holdfast.dataplane.agreement;

import dev.holdfast.dataplane.agreement.SimulatedMember.Process;
import dev.holdfast.dataplane.agreement.member.MemberEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** What goes wrong with members, links, backends and configurations. */
final class SimulatedTrouble {
  enum Kind {
    Partition,
    LeaderCutOff,
    OneWayCut,
    Heal,
    Stop,
    Kill,
    LostDisk,
    Scale,
    LeaderChange,
    BackendChange,
    Reconfiguration,
    Switch
  }

  private final Simulation world;
  private final Random random;
  private final SimulatedNetwork network;
  private final LogModel log;
  private final SimulatedBackends backends;
  private final Map<Kind, Integer> struck = new EnumMap<>(Kind.class);
  private int born = 5;
  private boolean over;

  SimulatedTrouble(
      Simulation world,
      Random random,
      SimulatedNetwork network,
      LogModel log,
      SimulatedBackends backends) {
    this.world = world;
    this.random = random;
    this.network = network;
    this.log = log;
    this.backends = backends;
  }

  Map<Kind, Integer> struck() {
    return struck;
  }

  void strike() {
    var kind =
        switch (random.nextInt(28)) {
          case 0, 1 -> Kind.Partition;
          case 2 -> Kind.LeaderCutOff;
          case 3 -> Kind.OneWayCut;
          case 4, 5, 6, 7, 8 -> Kind.Heal;
          case 9, 10 -> Kind.Stop;
          case 11, 12 -> Kind.Kill;
          case 13 -> Kind.LostDisk;
          case 14 -> Kind.Scale;
          case 15 -> Kind.LeaderChange;
          case 16 -> Kind.Reconfiguration;
          case 17, 18 -> Kind.Switch;
          default -> Kind.BackendChange;
        };
    struck.merge(kind, 1, Integer::sum);
    switch (kind) {
      case Partition -> partition();
      case LeaderCutOff -> cutOff(log.leader() == null ? any() : log.leader());
      case OneWayCut -> network.cut(any(), any());
      case Heal -> network.heal();
      case Stop -> stop(world.member(any()));
      case Kill -> kill(world.member(any()));
      case LostDisk -> loseDisk(world.member(any()));
      case Scale -> scale();
      case LeaderChange -> log.transfer();
      case BackendChange -> backends.change(world.policy(), ids());
      case Reconfiguration -> world.configure(backends.changed(world.policy()));
      case Switch -> wish();
    }
    world.remark(kind + ", leader " + log.leader() + ", members " + log.members());
    world.laws().check();
  }

  /** All that can be mended is; a minority may stay away. */
  void end() {
    over = true;
    network.heal();
    backends.settle(world.policy());
    var spare = random.nextBoolean() ? (log.members().size() - 1) / 2 : 0;
    var away = new ArrayList<>(log.members());
    Collections.shuffle(away, random);
    var gone = new TreeSet<>(away.subList(0, spare));
    for (var id : ids()) {
      if (!log.members().contains(id) || gone.contains(id)) {
        die(world.member(id));
      } else if (world.member(id).is(Process.Stopped)) {
        goOn(world.member(id));
      } else if (world.member(id).is(Process.Dead)) {
        world.start(id);
      }
    }
  }

  private void partition() {
    var these = new ArrayList<>(ids());
    Collections.shuffle(these, random);
    var cut = 1 + random.nextInt(these.size() - 1);
    network.part(
        new TreeSet<>(these.subList(0, cut)), new TreeSet<>(these.subList(cut, these.size())));
  }

  private void cutOff(MemberId member) {
    var others = new TreeSet<>(ids());
    others.remove(member);
    network.part(Set.of(member), others);
  }

  private void stop(SimulatedMember member) {
    if (member.is(Process.Running)) {
      network.running(member.id(), false);
      member.stop();
      world.queue().after(Duration.ofMillis(100 + random.nextInt(8_000)), () -> goOn(member));
    }
  }

  private void goOn(SimulatedMember member) {
    if (member.is(Process.Stopped)) {
      world.remark(member.id() + " goes on");
      network.running(member.id(), true);
      member.goOn();
    }
  }

  private void kill(SimulatedMember member) {
    if (!member.is(Process.Dead)) {
      die(member);
      world
          .queue()
          .after(
              Duration.ofMillis(200 + random.nextInt(5_000)),
              () -> {
                if (!over && world.member(member.id()) == member) {
                  world.remark(member.id() + " comes back");
                  world.start(member.id());
                }
              });
    }
  }

  private void die(SimulatedMember member) {
    network.running(member.id(), false);
    member.kill();
  }

  /** It comes back empty, and so as another member in place of the old one. */
  private void loseDisk(SimulatedMember member) {
    var next = new TreeSet<>(log.members());
    var id = new MemberId("m" + born, 0);
    if (next.remove(member.id()) && next.add(id)) {
      die(member);
      changeTo(next, id);
    }
  }

  /** A member is taken out while it goes on, or one is added. */
  private void scale() {
    var next = new TreeSet<>(log.members());
    if (next.size() > 3) {
      next.remove(any());
      log.change(next, new CompletableFuture<>());
    } else {
      var id = new MemberId("m" + born, 0);
      next.add(id);
      changeTo(next, id);
    }
  }

  private void changeTo(Set<MemberId> next, MemberId born) {
    var answer = new CompletableFuture<Void>();
    log.change(next, answer);
    if (!answer.isCompletedExceptionally()) {
      this.born++;
      world.start(born);
    }
  }

  private void wish() {
    var candidates = world.policy().candidates();
    var to = candidates.get(random.nextInt(candidates.size())).name();
    var force = random.nextInt(4) == 0;
    tell(world.member(any()), new MemberEvent.SwitchRequested(to, force), 4);
  }

  /** Whoever is asked tells it again: the leader may end. */
  private void tell(SimulatedMember asked, MemberEvent wish, int times) {
    if (times > 0 && !over) {
      world.toLeader(asked, wish);
      world.queue().after(Duration.ofMillis(400), () -> tell(asked, wish, times - 1));
    }
  }

  private List<MemberId> ids() {
    return world.members().stream().map(SimulatedMember::id).toList();
  }

  private MemberId any() {
    return ids().get(random.nextInt(ids().size()));
  }
}
