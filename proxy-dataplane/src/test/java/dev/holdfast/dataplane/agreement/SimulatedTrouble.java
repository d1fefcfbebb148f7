package dev.holdfast.dataplane.agreement;

import dev.holdfast.dataplane.agreement.member.MemberEvent;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

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
  private final LogModel<?, ?> log;
  private final SimulatedBackends backends;
  private final Map<Kind, Integer> struck = new EnumMap<>(Kind.class);
  private final MemberTrouble members;

  SimulatedTrouble(
      Simulation world,
      Random random,
      SimulatedNetwork network,
      LogModel<?, ?> log,
      SimulatedBackends backends) {
    this.world = world;
    this.random = random;
    this.network = network;
    this.log = log;
    this.backends = backends;
    members = new MemberTrouble(world, random, network, log);
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
      case Partition -> members.partition();
      case LeaderCutOff -> members.cutOffLeader();
      case OneWayCut -> network.cut(members.any(), members.any());
      case Heal -> network.heal();
      case Stop -> members.stop();
      case Kill -> members.kill();
      case LostDisk -> members.loseDisk();
      case Scale -> members.scale();
      case LeaderChange -> log.transfer();
      case BackendChange -> backends.change(world.policy(), world.ids());
      case Reconfiguration -> world.configure(backends.changed(world.policy()));
      case Switch -> wish();
    }
    world.remark(kind + ", leader " + log.leader() + ", members " + log.members());
    world.laws().check();
  }

  void end() {
    members.heal();
    backends.settle(world.policy());
    members.end();
  }

  private void wish() {
    var candidates = world.policy().candidates();
    var to = candidates.get(random.nextInt(candidates.size())).name();
    var force = random.nextInt(4) == 0;
    tell(world.member(members.any()), new MemberEvent.SwitchRequested(to, force), 4);
  }

  /** Whoever is asked tells it again: the leader may end. */
  private void tell(SimulatedMember asked, MemberEvent wish, int times) {
    if (times > 0 && !members.over()) {
      world.toLeader(asked, wish);
      world.queue().after(Duration.ofMillis(400), () -> tell(asked, wish, times - 1));
    }
  }
}
