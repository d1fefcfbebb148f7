package dev.holdfast.operator.floatingipgroup;

import dev.holdfast.api.v1alpha1.FloatingIpGroup;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which groups select which floating IPs. Of those that select the same one the oldest moves it,
 * whatever its mode. Not for use by several threads at a time.
 */
final class Claims {

  /**
   * A group.
   *
   * @param createdAt as Kubernetes writes it, in seconds
   */
  record Owner(String createdAt, String namespace, String name, String uid)
      implements Comparable<Owner> {

    private static final Comparator<Owner> OLDEST_FIRST =
        Comparator.comparing(Owner::createdAt)
            .thenComparing(Owner::namespace)
            .thenComparing(Owner::name)
            .thenComparing(Owner::uid);

    static Owner of(FloatingIpGroup resource) {
      var metadata = resource.getMetadata();
      return new Owner(
          Objects.requireNonNullElse(metadata.getCreationTimestamp(), ""),
          metadata.getNamespace(),
          metadata.getName(),
          metadata.getUid());
    }

    @Override
    public int compareTo(Owner other) {
      return OLDEST_FIRST.compare(this, other);
    }

    @Override
    public String toString() {
      return namespace + "/" + name;
    }
  }

  /** Ids are those of one API. */
  private record Claim(String endpoint, Set<Long> floatingIps) {}

  private final Map<Owner, Claim> claims = new HashMap<>();

  /** Whether that is another claim than before. */
  boolean claim(Owner owner, String endpoint, Set<Long> floatingIps) {
    var claim = new Claim(endpoint, Set.copyOf(floatingIps));
    return !claim.equals(claims.put(owner, claim));
  }

  boolean isUnknown(Owner owner) {
    return !claims.containsKey(owner);
  }

  void release(Owner owner) {
    claims.remove(owner);
  }

  /** What others select too. */
  Sharing of(Owner owner) {
    var mine = claims.get(owner);
    if (mine == null) {
      return Sharing.NONE;
    }
    var elsewhere = new HashSet<Long>();
    var yielded = new TreeMap<Long, Owner>();
    var kept = new TreeMap<Long, Owner>();
    for (var other : rivals(owner, mine.endpoint())) {
      var theirs = Objects.requireNonNull(claims.get(other)).floatingIps();
      var older = other.compareTo(owner) < 0;
      if (older) {
        elsewhere.addAll(theirs);
      }
      theirs.stream()
          .filter(mine.floatingIps()::contains)
          .filter(ip -> !yielded.containsKey(ip))
          .forEach(ip -> (older ? yielded : kept).putIfAbsent(ip, other));
    }
    return new Sharing(elsewhere, yielded, kept);
  }

  /** The oldest first. */
  private List<Owner> rivals(Owner owner, String endpoint) {
    return claims.entrySet().stream()
        .filter(claim -> claim.getValue().endpoint().equals(endpoint))
        .map(Map.Entry::getKey)
        .filter(other -> !other.equals(owner))
        .sorted()
        .toList();
  }
}
