package dev.holdfast.dataplane.runtime.proxy;

import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.Notice;
import dev.holdfast.dataplane.failover.Outcome;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each decision, with what it was made of. */
final class DecisionLog {
  private static final Logger log = LoggerFactory.getLogger("dev.holdfast.failover");

  private final String resource;
  private boolean unasked;

  DecisionLog(String resource) {
    this.resource = resource;
  }

  void write(Notice notice) {
    switch (notice) {
      case Notice.Selecting(var left, var reason, var why) ->
          log.info(
              "{}: selecting a primary: {} ({}), {}",
              resource,
              reason,
              why,
              left == null ? "none before" : "left " + left);
      case Notice.Trying(var backend) -> log.info("{}: trying {}", resource, place(backend));
      case Notice.Discarded(var backend, var why) ->
          log.info("{}: candidate {} discarded: {}", resource, backend, why);
      case Notice.NoCandidate(var candidates, var pause) ->
          log.warn(
              "{}: none of {} backends is usable; {}",
              resource,
              candidates,
              pause.map(DecisionLog::again).orElse("waiting for one to come back"));
      case Notice.Chosen(var backend, var epoch, var reason) ->
          log.info("{}: primary is {}, epoch {}, {}", resource, place(backend), epoch, reason);
      case Notice.HooksAgain(var backend, var epoch, var reason) ->
          log.warn(
              "{}: the hooks for {}, epoch {}, {}, had not ended when the process before did;"
                  + " they run again",
              resource,
              place(backend),
              epoch,
              reason);
      case Notice.Admitted(var primary) ->
          log.info(
              "{}: clients are admitted to {}, epoch {}, {}",
              resource,
              place(primary.backend()),
              primary.epoch(),
              primary.reason());
      case Notice.HealthChanged(var backend, var from, var to, var why) ->
          log.info("{}: backend {} was {}, is {}{}", resource, backend, from, to, because(why));
      case Notice.SwitchRefused(var to, var refusal, var why) ->
          log.warn("{}: not switched to {}: {}, {}", resource, to, refusal, why);
      case Notice.ChallengeFailed(var backend, var reason, var why) ->
          log.info("{}: no {} to {}: {}", resource, reason, backend, why);
    }
  }

  void probed(Candidate backend, Outcome outcome) {
    switch (outcome) {
      case Outcome.Connected() -> log.debug("{}: probe of {} succeeded", resource, backend.name());
      case Outcome.Failed(_, var why) ->
          log.debug("{}: probe of {} failed: {}", resource, backend.name(), why);
      case Outcome.NotAsked(var why) when !unasked ->
          log.warn(
              "{}: {} cannot be asked, which says nothing of it; trying on: {}",
              resource,
              backend.name(),
              why);
      case Outcome.NotAsked _ -> {}
    }
    unasked = outcome instanceof Outcome.NotAsked;
  }

  private static String place(Candidate backend) {
    return backend.name() + " (" + backend.endpoint() + ")";
  }

  private static String because(String why) {
    return why.isEmpty() ? "" : ": " + why;
  }

  private static String again(Duration pause) {
    return "trying again in " + pause.toMillis() + "ms";
  }
}
