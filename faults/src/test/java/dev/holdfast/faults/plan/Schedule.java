package dev.holdfast.faults.plan;

import dev.holdfast.faults.record.Link;
import dev.holdfast.faults.record.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Episodes without end. The same seed gives the same ones. */
public final class Schedule {
  private static final int MIN_HOLD_MILLIS = 1_000;
  private static final int MAX_HOLD_MILLIS = 9_000;
  private static final int MAX_CALM_MILLIS = 2_000;
  private static final double SECOND_TROUBLE = 0.3;
  private static final double ONE_WAY = 0.2;
  private static final int MIN_LOSS = 5;
  private static final int MAX_LOSS = 50;

  private final Random random;
  private final List<String> members;
  private final List<String> backends;
  private final List<String> hosts;

  public Schedule(long seed, World world) {
    random = new Random(seed);
    members = world.members();
    backends = world.backends();
    hosts = Stream.concat(members.stream(), backends.stream()).toList();
  }

  public Episode next() {
    var troubles = new ArrayList<>(List.of(trouble()));
    if (random.nextDouble() < SECOND_TROUBLE) {
      troubles.add(trouble());
    }
    var hold = random.nextInt(MIN_HOLD_MILLIS, MAX_HOLD_MILLIS);
    var calm = random.nextInt(MAX_CALM_MILLIS);
    return new Episode(troubles, Duration.ofMillis(hold), Duration.ofMillis(calm));
  }

  private Trouble trouble() {
    return switch (random.nextInt(10)) {
      case 0 -> new Trouble.Cut(between(some(hosts, hosts.size() - 1), hosts));
      case 1 -> new Trouble.Cut(between(minority(), members));
      case 2 -> new Trouble.Cut(oneWay());
      case 3 -> new Trouble.Loss(some(hosts, hosts.size()), random.nextInt(MIN_LOSS, MAX_LOSS));
      case 4 -> new Trouble.Kill(minority());
      case 5 -> new Trouble.Kill(some(hosts, hosts.size()));
      case 6 -> new Trouble.Kill(some(backends, backends.size() - 1));
      case 7 -> new Trouble.Stop(some(members, members.size()));
      case 8 -> new Trouble.SlowDisk(minority());
      default -> new Trouble.FullDisk(minority());
    };
  }

  private Set<String> minority() {
    return some(members, (members.size() - 1) / 2);
  }

  /** From one of them to so many. */
  private Set<String> some(List<String> names, int most) {
    var shuffled = new ArrayList<>(names);
    Collections.shuffle(shuffled, random);
    return Set.copyOf(shuffled.subList(0, 1 + random.nextInt(most)));
  }

  /** Both ways between those within and those of all that are not. */
  private static Set<Link> between(Set<String> within, List<String> all) {
    var links = new HashSet<Link>();
    for (var one : within) {
      for (var other : all) {
        if (!within.contains(other)) {
          links.add(new Link(one, other));
          links.add(new Link(other, one));
        }
      }
    }
    return links;
  }

  private Set<Link> oneWay() {
    var links = new HashSet<Link>();
    for (var from : hosts) {
      for (var to : hosts) {
        if (!from.equals(to) && random.nextDouble() < ONE_WAY) {
          links.add(new Link(from, to));
        }
      }
    }
    return links;
  }
}
