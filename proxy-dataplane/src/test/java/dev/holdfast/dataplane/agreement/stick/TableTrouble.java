package dev.holdfast.dataplane.agreement.stick;

import dev.holdfast.dataplane.agreement.LogModel;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.MemberTrouble;
import dev.holdfast.dataplane.agreement.SimulatedNetwork;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/** What goes wrong with members, links, servers and configurations, and what people wish for. */
final class TableTrouble {
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
    ServerChange,
    Reconfiguration,
    Wish
  }

  private final StickSimulation world;
  private final Random random;
  private final SimulatedNetwork network;
  private final LogModel<?, ?> log;
  private final SimulatedGroups groups;
  private final MemberTrouble members;
  private final Map<Kind, Integer> struck = new EnumMap<>(Kind.class);

  TableTrouble(
      StickSimulation world,
      Random random,
      SimulatedNetwork network,
      LogModel<?, ?> log,
      SimulatedGroups groups) {
    this.world = world;
    this.random = random;
    this.network = network;
    this.log = log;
    this.groups = groups;
    members = new MemberTrouble(world, random, network, log);
  }

  Map<Kind, Integer> struck() {
    return struck;
  }

  MemberId anybody() {
    return members.any();
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
          case 16, 17 -> Kind.Reconfiguration;
          case 18, 19, 20 -> Kind.ServerChange;
          default -> Kind.Wish;
        };
    struck.merge(kind, 1, Integer::sum);
    switch (kind) {
      case Partition -> members.partition();
      case LeaderCutOff -> members.cutOffLeader();
      case OneWayCut -> network.cut(anybody(), anybody());
      case Heal -> network.heal();
      case Stop -> members.stop();
      case Kill -> members.kill();
      case LostDisk -> members.loseDisk();
      case Scale -> members.scale();
      case LeaderChange -> log.transfer();
      case ServerChange -> groups.change(anybody());
      case Reconfiguration -> world.configure(groups.changed(world.policy()));
      case Wish -> world.ask(groups.wish(world.laws().ledger().head().now()));
    }
    world.remark(kind + ", leader " + log.leader() + ", members " + log.members());
    world.laws().check();
  }

  void end() {
    members.heal();
    members.end();
  }
}
