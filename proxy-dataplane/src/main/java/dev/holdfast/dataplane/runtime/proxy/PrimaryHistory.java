package dev.holdfast.dataplane.runtime.proxy;

import dev.holdfast.dataplane.agreement.ledger.Office;
import dev.holdfast.dataplane.agreement.ledger.Tenure;
import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.FailoverState.LastFailover;
import dev.holdfast.dataplane.failover.Primary;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The primaries that this replica has seen come and go. */
record PrimaryHistory(
    @Nullable Primary primary,
    @Nullable String left,
    @Nullable Instant leftAt,
    @Nullable LastFailover lastFailover) {

  static PrimaryHistory none() {
    return new PrimaryHistory(null, null, null, null);
  }

  PrimaryHistory saw(Office office, Instant now) {
    if (office instanceof Office.Serving(var tenure)) {
      return primary != null && primary.epoch() == tenure.epoch() ? this : began(tenure, now);
    }
    return primary == null ? this : new PrimaryHistory(null, primary.name(), now, lastFailover);
  }

  private PrimaryHistory began(Tenure tenure, Instant now) {
    var before = primary == null ? left : primary.name();
    var since = primary == null && leftAt != null ? leftAt : now;
    var failover =
        before == null
            ? lastFailover
            : new LastFailover(
                before, tenure.name(), now, Duration.between(since, now), tenure.reason());
    var next = new Primary(candidate(tenure), tenure.epoch(), now, tenure.reason());
    return new PrimaryHistory(next, before, leftAt, failover);
  }

  /** As it was committed, which is not always as this replica's configuration has it. */
  static Candidate candidate(Tenure tenure) {
    var target = tenure.target();
    return new Candidate(target.name(), target.host(), target.port(), Candidate.Wish.Active, false);
  }
}
