package dev.holdfast.dataplane.agreement.stick;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.stick.TableCommand.RenewLease;
import dev.holdfast.dataplane.sticky.table.StickTable;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Who has a lease, and under which number the table knows them. A lease keeps its number until it
 * has ended; when all are taken nobody else gets a lease.
 */
final class Holders {
  private final Map<MemberId, TableLease> leases;
  private final Map<MemberId, Lane> lanes;

  Holders(Map<MemberId, TableLease> leases, Map<MemberId, Lane> lanes) {
    this.leases = new TreeMap<>(leases);
    this.lanes = new TreeMap<>(lanes);
  }

  Map<MemberId, TableLease> leases() {
    return Map.copyOf(leases);
  }

  Map<MemberId, Lane> lanes() {
    return Map.copyOf(lanes);
  }

  /** The newest process of each member, by its number. */
  Map<MemberId, Long> processes() {
    return lanes.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, lane -> lane.getValue().incarnation()));
  }

  boolean isEmpty() {
    return leases.isEmpty();
  }

  /** The lowest index up to which everybody has cut what was taken away. */
  long cut() {
    return leases.values().stream().mapToLong(TableLease::cut).min().orElse(Long.MAX_VALUE);
  }

  /**
   * @return the number of a holder whose process is another one now, and who holds nothing of what
   *     the one before it held
   */
  OptionalInt renew(RenewLease renewal) {
    var holder = renewal.holder();
    var member = holder.member();
    var before = leases.get(member);
    var number = before == null ? free() : OptionalInt.of(before.number());
    if (number.isEmpty() || isLate(renewal, before)) {
      return OptionalInt.empty();
    }
    var own = before == null || !before.isOf(holder) ? null : before;
    var cut = own == null ? renewal.cut() : Math.max(own.cut(), renewal.cut());
    leases.put(member, new TableLease(holder.number(), renewal.serial(), cut, number.getAsInt()));
    lanes.merge(member, Lane.of(holder), (lane, _) -> lane.takenBy(holder));
    return before == null || own != null ? OptionalInt.empty() : number;
  }

  private boolean isLate(RenewLease renewal, @Nullable TableLease before) {
    var holder = renewal.holder();
    var lane = lanes.get(holder.member());
    var known = lane == null ? null : Long.valueOf(lane.incarnation());
    return (!Objects.equals(known, renewal.after()) && (lane == null || !lane.isOf(holder)))
        || (before != null && before.isOf(holder) && renewal.serial() <= before.serial());
  }

  private OptionalInt free() {
    return IntStream.range(0, StickTable.MAX_HOLDERS)
        .filter(number -> leases.values().stream().noneMatch(lease -> lease.number() == number))
        .findFirst();
  }

  /**
   * @return the number that is free now; empty when the lease was renewed meanwhile
   */
  OptionalInt end(MemberId member, TableLease lease) {
    return leases.remove(member, lease) ? OptionalInt.of(lease.number()) : OptionalInt.empty();
  }

  /** Forgets how far those were heard who are no members and have no lease. */
  void retain(Set<MemberId> members) {
    lanes.keySet().removeIf(member -> !members.contains(member) && !leases.containsKey(member));
  }

  /**
   * The number of a process that says something, if it is to be heard, which it then is.
   *
   * @return empty when it has no lease, or was heard before
   */
  OptionalInt hear(Incarnation from, long serial) {
    var lease = leases.get(from.member());
    if (lease == null || !lease.isOf(from) || hasHeard(from, serial)) {
      return OptionalInt.empty();
    }
    lanes.computeIfPresent(from.member(), (_, lane) -> lane.heard(serial));
    return OptionalInt.of(lease.number());
  }

  boolean hasHeard(Incarnation from, long serial) {
    var lane = lanes.get(from.member());
    return lane != null && lane.isOf(from) && serial <= lane.heard();
  }
}
