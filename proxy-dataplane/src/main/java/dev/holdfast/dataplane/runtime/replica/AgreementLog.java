package dev.holdfast.dataplane.runtime.replica;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Office;
import dev.holdfast.dataplane.agreement.ledger.Target;
import dev.holdfast.dataplane.agreement.ledger.Tenure;
import dev.holdfast.dataplane.agreement.member.MemberPolicy;
import dev.holdfast.dataplane.agreement.member.MemberState;
import dev.holdfast.dataplane.agreement.member.Readiness;
import dev.holdfast.dataplane.agreement.replica.Replica;
import dev.holdfast.dataplane.agreement.stick.member.StickReadiness;
import dev.holdfast.dataplane.relay.TimedLease;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each change of what is agreed, and of what this replica does by it. */
public final class AgreementLog {
  private static final Logger log = LoggerFactory.getLogger("dev.holdfast.agreement");

  private final String resource;

  public AgreementLog(String resource) {
    this.resource = resource;
  }

  public void joined(Replica.Membership<?, ?> place) {
    log.info("{}: in group {} as {}", resource, place.group(), place.self());
  }

  public void leads(boolean before, boolean now) {
    if (before != now) {
      log.info("{}: this replica {}", resource, now ? "leads" : "leads no longer");
    }
  }

  /** As it was committed. */
  public void office(Office before, Office now) {
    switch (now) {
      case Office.Vacant(var search) ->
          log.info(
              "{}: no primary ({}), {}, {} discarded",
              resource,
              search.reason(),
              before.chosen().map(tenure -> "left " + place(tenure)).orElse("none before"),
              search.discarded().size());
      case Office.Fencing(var tenure, var search, var runner) ->
          log.info(
              "{}: chosen is {}, {}; older leases are being waited for",
              resource,
              place(tenure),
              tenure.reason());
      case Office.RunningHooks(var tenure, var search, var runner) ->
          log.info(
              "{}: the hooks of {} run on {}", resource, place(tenure), runner.member().peer());
      case Office.Serving(var tenure) ->
          log.info("{}: primary is {}, {}", resource, place(tenure), tenure.reason());
    }
  }

  public void admitted(Target target, long epoch, TimedLease lease) {
    log.info(
        "{}: clients are admitted to {} ([{}]:{}), epoch {}, for {}ms and as long as that is"
            + " renewed",
        resource,
        target.name(),
        target.host(),
        target.port(),
        epoch,
        TimeUnit.NANOSECONDS.toMillis(lease.left()));
  }

  /**
   * @param mayAct whether there is a lease
   */
  public void withdrawn(Readiness readiness, boolean mayAct) {
    var why = why(readiness);
    log.info(
        "{}: no client is admitted any more: {}",
        resource,
        why != null ? why : mayAct ? "the primary is left" : "there is no lease for what is new");
  }

  public void admitted(TimedLease lease) {
    log.info(
        "{}: clients are admitted where the table says, for {}ms and as long as that is renewed",
        resource,
        TimeUnit.NANOSECONDS.toMillis(lease.left()));
  }

  public void withdrawn(StickReadiness readiness) {
    var why = why(readiness);
    log.info(
        "{}: no client is admitted any more: {}",
        resource,
        why == null ? "the lease is over" : why);
  }

  public void ended(Set<MemberId> holders) {
    log.info("{}: the leases of {} must have ended", resource, holders);
  }

  public void notSevered(Throwable why) {
    log.error("{}: connections could not be cut, which is tried again", resource, why);
  }

  public void hooksCancelled(long run) {
    log.info("{}: run {} of the hooks is ended: its right has", resource, run);
  }

  /** Only what changes who is primary; leases are asked for all the time. */
  public void proposed(Command command, MemberState state, MemberPolicy policy, Moment now) {
    switch (command) {
      case Command.ProposePrimary choice ->
          log.info(
              "{}: proposes {} ({}), votes {}",
              resource,
              choice.target().name(),
              choice.reason(),
              state.votes(choice.target().name(), policy, now));
      case Command.LeavePrimary(var over, var reason) ->
          state
              .ledger()
              .office()
              .chosen()
              .ifPresent(tenure ->
                  log.info(
                      "{}: proposes to leave {} ({}), votes {}",
                      resource,
                      place(tenure),
                      reason,
                      state.votes(tenure.name(), policy, now)));
      case Command.EndLeases(var leases) -> ended(leases.keySet());
      case Command.TakeHooks _ -> log.info("{}: proposes to run the hooks here", resource);
      case Command.SetMembers(var members) -> log.info("{}: members are {}", resource, members);
      case Command.EndHooks(var fence, var aborted) ->
          log.debug("{}: hooks have ended, aborted: {}", resource, aborted);
      case Command.RenewLease renewal -> log.trace("{}: {}", resource, renewal);
    }
  }

  /** For people; null when all is well. */
  public static @Nullable String why(Readiness readiness) {
    return switch (readiness) {
      case Ready -> null;
      case Unconfigured -> "the primary was chosen by a newer configuration than this replica has";
      case OutOfContact -> "no majority of the replicas has answered for too long";
      case CannotReachPrimary -> "this replica does not reach the primary, which the others keep";
    };
  }

  /** For people; null when all is well. */
  public static @Nullable String why(StickReadiness readiness) {
    return switch (readiness) {
      case Ready -> null;
      case Unconfigured -> "the table goes by a newer configuration than this replica has";
      case OutOfContact -> "no majority of the replicas has answered for too long";
    };
  }

  private static String place(Tenure tenure) {
    return "%s ([%s]:%d), epoch %d"
        .formatted(tenure.name(), tenure.target().host(), tenure.target().port(), tenure.epoch());
  }
}
