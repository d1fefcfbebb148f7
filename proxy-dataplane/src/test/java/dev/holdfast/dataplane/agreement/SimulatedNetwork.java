package dev.holdfast.dataplane.agreement;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** Who can send to whom, and who is there at all. */
public final class SimulatedNetwork {
  private record Link(MemberId from, MemberId to) {}

  private final Set<MemberId> running = new TreeSet<>();
  private final Set<Link> cut = new HashSet<>();
  private long changes;

  /** Higher after each change of who reaches whom. */
  long changes() {
    return changes;
  }

  /** The members are others now. */
  void changed() {
    changes++;
  }

  /** A member is there unless its process is dead or stopped. */
  public void running(MemberId member, boolean is) {
    changes++;
    if (is) {
      running.add(member);
    } else {
      running.remove(member);
    }
  }

  public void cut(MemberId from, MemberId to) {
    changes++;
    cut.add(new Link(from, to));
  }

  /** Cuts these off from those, in both directions. */
  public void part(Set<MemberId> these, Set<MemberId> those) {
    for (var one : these) {
      for (var other : those) {
        cut(one, other);
        cut(other, one);
      }
    }
  }

  public void heal() {
    changes++;
    cut.clear();
  }

  public boolean running(MemberId member) {
    return running.contains(member);
  }

  boolean linked(MemberId from, MemberId to) {
    return cut.isEmpty() || from.equals(to) || !cut.contains(new Link(from, to));
  }

  public boolean reaches(MemberId from, MemberId to) {
    return running(from) && running(to) && linked(from, to);
  }

  /** Whether this member can have a command committed. */
  boolean quorate(MemberId leader, Set<MemberId> members) {
    var with = 0;
    for (var member : members) {
      if (reaches(leader, member) && reaches(member, leader)) {
        with++;
      }
    }
    return members.contains(leader) && 2 * with > members.size();
  }

  /** Whether nothing that this member sends can come to be committed. */
  boolean isolated(MemberId member, Set<MemberId> members) {
    return members.stream().noneMatch(other -> linked(member, other) && quorate(other, members));
  }
}
