package dev.holdfast.faults.record;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which faults are there at a time.
 *
 * @param down members and backends that are stopped or have no process
 * @param cut links over which nothing passes
 * @param hampered members from which no progress is expected: packets are lost, or the disk fails
 */
public record World(
    List<String> members,
    List<String> backends,
    Set<String> down,
    Set<Link> cut,
    Set<String> hampered) {

  public World {
    members = List.copyOf(members);
    backends = List.copyOf(backends);
    down = Set.copyOf(down);
    cut = Set.copyOf(cut);
    hampered = Set.copyOf(hampered);
  }

  public static World calm(List<String> members, List<String> backends) {
    return new World(members, backends, Set.of(), Set.of(), Set.of());
  }

  public boolean calm() {
    return down.isEmpty() && cut.isEmpty() && hampered.isEmpty();
  }

  public World withDown(Collection<String> hosts) {
    return new World(members, backends, union(down, hosts), cut, hampered);
  }

  public World withCut(Collection<Link> links) {
    return new World(members, backends, down, union(cut, links), hampered);
  }

  public World withHampered(Collection<String> hosts) {
    return new World(members, backends, down, cut, union(hampered, hosts));
  }

  /**
   * Whether clients have to be served: some majority is sound, all of it can talk, and all of it
   * reaches one of the backends. While anybody is hampered nothing is expected.
   */
  public boolean servable() {
    return hampered.isEmpty() && groups().anyMatch(this::serves);
  }

  private Stream<List<String>> groups() {
    return IntStream.range(0, 1 << members.size())
        .filter(bits -> Integer.bitCount(bits) > members.size() / 2)
        .mapToObj(bits ->
            IntStream.range(0, members.size())
                .filter(index -> (bits >> index & 1) == 1)
                .mapToObj(members::get)
                .toList());
  }

  private boolean serves(List<String> group) {
    return allTalk(group, group)
        && backends.stream().anyMatch(backend -> allTalk(group, List.of(backend)));
  }

  private boolean allTalk(List<String> some, List<String> others) {
    return some.stream().allMatch(one -> others.stream().allMatch(other -> talk(one, other)));
  }

  private boolean talk(String one, String other) {
    return !down.contains(one)
        && !down.contains(other)
        && !cut.contains(new Link(one, other))
        && !cut.contains(new Link(other, one));
  }

  private static <T> Set<T> union(Set<T> some, Collection<T> others) {
    var all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }

  @Override
  public String toString() {
    if (calm()) {
      return "calm";
    }
    var links = cut.stream().map(Link::toString).sorted().collect(Collectors.joining(","));
    return "down%s,cut[%s],hampered%s"
        .formatted(new TreeSet<>(down), links, new TreeSet<>(hampered))
        .replace(" ", "");
  }
}
