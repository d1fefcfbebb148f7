package dev.holdfast.faults.plan;

import dev.holdfast.faults.record.Link;
import dev.holdfast.faults.record.World;
import java.util.Set;

/** One fault, from when it is made until it is taken back. */
public sealed interface Trouble {

  /** Nothing passes over these links. */
  record Cut(Set<Link> links) implements Trouble {}

  /** Of the packets that arrive at these hosts. */
  record Loss(Set<String> hosts, int percent) implements Trouble {}

  /** With SIGKILL; they start again afterwards. */
  record Kill(Set<String> hosts) implements Trouble {}

  /** SIGSTOP, and SIGCONT afterwards. */
  record Stop(Set<String> members) implements Trouble {}

  record SlowDisk(Set<String> members) implements Trouble {}

  record FullDisk(Set<String> members) implements Trouble {}

  default World on(World world) {
    return switch (this) {
      case Cut(var links) -> world.withCut(links);
      case Loss(var hosts, var percent) -> world.withHampered(hosts);
      case Kill(var hosts) -> world.withDown(hosts);
      case Stop(var members) -> world.withDown(members);
      case SlowDisk(var members) -> world.withHampered(members);
      case FullDisk(var members) -> world.withHampered(members);
    };
  }
}
