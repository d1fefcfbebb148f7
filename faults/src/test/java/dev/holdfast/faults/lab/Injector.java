package dev.holdfast.faults.lab;

import dev.holdfast.faults.plan.Episode;
import dev.holdfast.faults.plan.Trouble;
import dev.holdfast.faults.record.Link;
import dev.holdfast.faults.record.World;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Makes the troubles of an episode real, and takes them back. */
final class Injector {
  private final Lab lab;

  Injector(Lab lab) {
    this.lab = lab;
  }

  World calm() {
    return World.calm(lab.members(), lab.backends());
  }

  /**
   * What is expected changes before faults are there and after they have gone: whoever has to serve
   * in spite of them has a little less time than is said.
   */
  void inject(Episode episode) throws IOException {
    lab.records().changed(episode.on(calm()));
    var cut = new HashSet<Link>();
    var loss = new HashMap<String, Integer>();
    for (var trouble : episode.troubles()) {
      lab.records().tell("inject " + trouble);
      if (trouble instanceof Trouble.Cut(var links)) {
        cut.addAll(links);
      }
      if (trouble instanceof Trouble.Loss(var hosts, var percent)) {
        hosts.forEach(host -> loss.merge(host, percent, Math::max));
      }
    }
    lab.network().apply(cut, loss);
    for (var trouble : episode.troubles()) {
      injectOnHosts(trouble);
    }
  }

  private void injectOnHosts(Trouble trouble) throws IOException {
    switch (trouble) {
      case Trouble.Kill(var hosts) -> hosts.forEach(host -> lab.host(host).kill());
      case Trouble.Stop(var members) -> signal(members, "STOP");
      case Trouble.SlowDisk(var members) -> members.forEach(member -> lab.disk(member).slowDown());
      case Trouble.FullDisk(var members) -> {
        for (var member : members) {
          lab.disk(member).fill();
        }
      }
      case Trouble.Cut _, Trouble.Loss _ -> {}
    }
  }

  private void signal(Set<String> members, String name) {
    for (var member : members) {
      if (lab.host(member).isAlive()) {
        lab.host(member).signal(name);
      }
    }
  }

  void takeBack(Episode episode) throws IOException {
    lab.network().apply(Set.of(), Map.of());
    for (var trouble : episode.troubles()) {
      takeBackOnHosts(trouble);
    }
    lab.restartWhoGaveUp();
    lab.records().changed(calm());
  }

  private void takeBackOnHosts(Trouble trouble) throws IOException {
    switch (trouble) {
      case Trouble.Stop(var members) -> signal(members, "CONT");
      case Trouble.SlowDisk(var members) -> members.forEach(member -> lab.disk(member).speedUp());
      case Trouble.FullDisk(var members) -> {
        for (var member : members) {
          lab.disk(member).empty();
        }
      }
      case Trouble.Kill _, Trouble.Cut _, Trouble.Loss _ -> {}
    }
  }
}
