package dev.holdfast.dataplane.agreement;

import dev.holdfast.dataplane.agreement.SimulatedProcess.Process;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** What goes wrong with members and the links between them. */
public final class MemberTrouble {

  /** Where the members are. */
  public interface World {
    List<MemberId> ids();

    /** The newest process of this member. */
    SimulatedProcess process(MemberId id);

    /** A new process of this member. */
    void start(MemberId id);

    void remark(String what);

    void after(Duration time, Runnable task);
  }

  private final World world;
  private final Random random;
  private final SimulatedNetwork network;
  private final LogModel<?, ?> log;
  private int born = 5;
  private boolean over;

  public MemberTrouble(World world, Random random, SimulatedNetwork network, LogModel<?, ?> log) {
    this.world = world;
    this.random = random;
    this.network = network;
    this.log = log;
  }

  public boolean over() {
    return over;
  }

  public MemberId any() {
    var ids = world.ids();
    return ids.get(random.nextInt(ids.size()));
  }

  /** All that can be mended is; a minority may stay away. */
  public void end() {
    var spare = random.nextBoolean() ? (log.members().size() - 1) / 2 : 0;
    var away = new ArrayList<>(log.members());
    Collections.shuffle(away, random);
    var gone = new TreeSet<>(away.subList(0, spare));
    for (var id : world.ids()) {
      var process = world.process(id);
      if (!log.members().contains(id) || gone.contains(id)) {
        die(process);
      } else if (process.is(Process.Stopped)) {
        goOn(process);
      } else if (process.is(Process.Dead)) {
        world.start(id);
      }
    }
  }

  /** From now on nothing more goes wrong, and whom nobody starts stays away. */
  public void heal() {
    over = true;
    network.heal();
  }

  public void partition() {
    var these = new ArrayList<>(world.ids());
    Collections.shuffle(these, random);
    var cut = 1 + random.nextInt(these.size() - 1);
    network.part(
        new TreeSet<>(these.subList(0, cut)), new TreeSet<>(these.subList(cut, these.size())));
  }

  public void cutOffLeader() {
    var leader = log.leader();
    var member = leader == null ? any() : leader;
    var others = new TreeSet<>(world.ids());
    others.remove(member);
    network.part(Set.of(member), others);
  }

  public void stop() {
    var process = world.process(any());
    if (process.is(Process.Running)) {
      network.running(process.id(), false);
      process.stop();
      world.after(Duration.ofMillis(100 + random.nextInt(8_000)), () -> goOn(process));
    }
  }

  private void goOn(SimulatedProcess process) {
    if (process.is(Process.Stopped)) {
      world.remark(process.id() + " goes on");
      network.running(process.id(), true);
      process.goOn();
    }
  }

  public void kill() {
    var process = world.process(any());
    if (!process.is(Process.Dead)) {
      die(process);
      world.after(
          Duration.ofMillis(200 + random.nextInt(5_000)),
          () -> {
            if (!over && world.process(process.id()) == process) {
              world.remark(process.id() + " comes back");
              world.start(process.id());
            }
          });
    }
  }

  private void die(SimulatedProcess process) {
    network.running(process.id(), false);
    process.kill();
  }

  /** It comes back empty, and so as another member in place of the old one. */
  public void loseDisk() {
    var process = world.process(any());
    var next = new TreeSet<>(log.members());
    var id = new MemberId("m" + born, 0);
    if (next.remove(process.id()) && next.add(id)) {
      die(process);
      changeTo(next, id);
    }
  }

  /** A member is taken out while it goes on, or one is added. */
  public void scale() {
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

  private void changeTo(Set<MemberId> next, MemberId id) {
    var answer = new CompletableFuture<Void>();
    log.change(next, answer);
    if (!answer.isCompletedExceptionally()) {
      born++;
      world.start(id);
    }
  }
}
