package dev.holdfast.faults.lab;

import dev.holdfast.faults.plan.Episode;
import dev.holdfast.faults.plan.Schedule;
import dev.holdfast.faults.plan.Trouble;
import dev.holdfast.faults.record.World;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Lets one episode after the other happen, for as long as is wanted. */
final class Campaign {
  private static final Duration POLL = Duration.ofMillis(50);

  private final Lab lab;
  private final Injector injector;
  private final Duration progressWithin;

  /**
   * @param progressWithin for how long clients that have to be served are waited for; the checker
   *     says whether they were
   */
  Campaign(Lab lab, Duration progressWithin) {
    this.lab = lab;
    this.injector = new Injector(lab);
    this.progressWithin = progressWithin.plusSeconds(1);
  }

  void run(long seed, Duration length) throws IOException, InterruptedException {
    var schedule = new Schedule(seed, injector.calm());
    lab.records().changed(injector.calm());
    lab.start();
    awaitProgress(injector.calm());
    var end = System.nanoTime() + length.toNanos();
    while (System.nanoTime() < end) {
      endure(schedule.next());
    }
  }

  /** All of them, with SIGKILL, at one time. */
  static Episode killed(Collection<String> hosts) {
    return new Episode(
        List.of(new Trouble.Kill(Set.copyOf(hosts))), Duration.ofSeconds(1), Duration.ofSeconds(1));
  }

  /** One after {@link #run}, or from its schedule. */
  void endure(Episode episode) throws IOException, InterruptedException {
    injector.inject(episode);
    Thread.sleep(episode.hold());
    awaitProgress(episode.on(injector.calm()));
    injector.takeBack(episode);
    awaitProgress(injector.calm());
    Thread.sleep(episode.calm());
  }

  private void awaitProgress(World world) throws IOException, InterruptedException {
    var since = System.nanoTime();
    if (!world.servable()) {
      return;
    }
    var served = world.calm() ? allServed(since) : anyServed(since);
    while (!served.getAsBoolean() && System.nanoTime() - since < progressWithin.toNanos()) {
      Thread.sleep(POLL);
      if (world.calm()) {
        lab.restartWhoGaveUp();
      }
    }
    var took = Duration.ofNanos(System.nanoTime() - since).toMillis();
    lab.records().tell((served.getAsBoolean() ? "served, " : "NOT served, ") + took + " ms");
  }

  private BooleanSupplier allServed(long since) {
    return () -> lab.members().stream().allMatch(member -> servedSince(member, since));
  }

  private BooleanSupplier anyServed(long since) {
    return () -> lab.members().stream().anyMatch(member -> servedSince(member, since));
  }

  private boolean servedSince(String member, long since) {
    var newest = lab.records().newest(member);
    return newest != null && newest.at() >= since;
  }
}
