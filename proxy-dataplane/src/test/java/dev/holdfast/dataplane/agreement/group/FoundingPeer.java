package dev.holdfast.dataplane.agreement.group;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.group.FoundingSimulation.Planted;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/** A disk, and the process on it. */
final class FoundingPeer {
  private final FoundingSimulation world;
  private final String name;
  private MemberId self;
  private Belonging belonging;
  private GroupConfig config;
  private Founding founding;
  private int process;
  private boolean running;

  FoundingPeer(FoundingSimulation world, String name) {
    this.world = world;
    this.name = name;
    this.self = new MemberId(name, world.random.nextLong());
    this.config = world.config();
  }

  String name() {
    return name;
  }

  MemberId self() {
    return self;
  }

  int process() {
    return process;
  }

  GroupConfig config() {
    return config;
  }

  boolean belongs(MemberId member, UUID group) {
    return self.equals(member) && belonging != null && belonging.group().equals(group);
  }

  boolean isMember(UUID group) {
    return belongs(self, group) && world.members(group).contains(self);
  }

  boolean mayBeIn(UUID group) {
    return belonging == null || belonging.group().equals(group);
  }

  boolean runs(MemberId member, UUID group) {
    return running && belongs(member, group);
  }

  void start() {
    if (!running) {
      running = true;
      process++;
      world.remark(self + " starts, in " + belonging);
      founding = Founding.begin(self, config);
      round();
    }
  }

  void stop() {
    if (running) {
      world.remark(self + " stops");
      running = false;
      process++;
    }
  }

  void loseDisk() {
    stop();
    self = new MemberId(name, world.random.nextLong());
    belonging = null;
    world.remark(name + " lost its disk and is " + self);
  }

  /** Of the process that runs, and of those that come. */
  void configure(GroupConfig next) {
    if (!next.equals(config)) {
      config = next;
      if (running) {
        founding = founding.with(next);
        round();
      }
    }
  }

  Greeting greeting() {
    return belonging == null
        ? founding.greeting()
        : new Greeting(
            self, belonging, world.members(belonging.group()), config.peers(), config.mayFound());
  }

  Greeting answer(Greeting question) {
    if (!running) {
      return null;
    }
    var answer = greeting();
    if (belonging == null) {
      founding = founding.askedBy(question);
    }
    return answer;
  }

  private void round() {
    if (running && belonging == null) {
      founding = founding.nextRound();
      founding.others().forEach(other -> world.ask(this, other, founding.round()));
    }
  }

  void heard(int asker, long round, Greeting answer) {
    if (asker == process && running && belonging == null) {
      act(founding.heard(round, answer));
    }
  }

  void silent(int asker, long round, String peer) {
    if (asker == process && running && belonging == null) {
      act(
          world.planted == Planted.SilenceIsConsent
              ? founding.heard(round, assumed(peer))
              : founding.silent(round, peer));
    }
  }

  private Greeting assumed(String peer) {
    return new Greeting(world.peer(peer).self(), null, Set.of(), config.peers(), config.mayFound());
  }

  private void act(Founding.Turn turn) {
    founding = turn.state();
    switch (turn.finding()) {
      case Finding.Waiting() -> {}
      case Finding.AskAgain(var atOnce, var why) -> again(atOnce);
      case Finding.Enter(var group) -> enter(group);
      case Finding.Found(var founders) -> found(founders);
      case Finding.DataLost(var group) -> throw new AssertionError("nothing is recorded");
    }
  }

  private void again(boolean atOnce) {
    if (atOnce) {
      round();
    } else {
      var begun = process;
      var ended = founding.round();
      world.queue.after(
          Duration.ofMillis(100 + world.random.nextInt(400)),
          () -> {
            if (begun == process && ended == founding.round()) {
              round();
            }
          });
    }
  }

  private void found(Set<MemberId> founders) {
    var group = new UUID(0, world.random.nextLong());
    world.founded(group, founders);
    enter(new Belonging(group, founders));
  }

  /** The process may end right after the disk has it. */
  private void enter(Belonging group) {
    belonging = group;
    world.remark(self + " enters " + group);
    if (!world.calm() && world.random.nextInt(4) == 0) {
      stop();
    }
  }
}
