package dev.holdfast.dataplane.agreement.ledger;

import dev.holdfast.dataplane.failover.Reason;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Why a primary is looked for, and how far that has come.
 *
 * @param discarded candidates whose hooks gave them up in this round
 * @param rounds that ended without a primary
 */
public record Search(Reason reason, SortedSet<String> discarded, int rounds) {

  public Search {
    discarded = Collections.unmodifiableSortedSet(new TreeSet<>(discarded));
  }

  static Search begin(Reason reason) {
    return new Search(reason, new TreeSet<>(), 0);
  }

  Search discard(String name) {
    var more = new TreeSet<>(discarded);
    more.add(name);
    return new Search(reason, more, rounds);
  }

  /** Whoever takes a discarded candidate begins a new round. */
  Search choose(String name) {
    return discarded.contains(name) ? new Search(reason, new TreeSet<>(), rounds + 1) : this;
  }
}
