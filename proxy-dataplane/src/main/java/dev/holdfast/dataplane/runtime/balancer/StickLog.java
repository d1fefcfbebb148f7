package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.dataplane.sticky.Cause;
import dev.holdfast.dataplane.sticky.GroupStanding;
import dev.holdfast.dataplane.sticky.StickEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line when a group serves others than before; keys are told of at lower levels. */
final class StickLog {
  private static final Logger log = LoggerFactory.getLogger("dev.holdfast.sticky");

  private final String resource;

  StickLog(String resource) {
    this.resource = resource;
  }

  void happened(StickEvent event) {
    switch (event) {
      case StickEvent.GroupChanged(var before, var now) -> changed(before, now);
      case StickEvent.GroupGone(var was) ->
          log.info(
              "{}: group {} ({}) is configured no more: it serves nobody, and its keys are taken"
                  + " out",
              resource,
              was.policy().name(),
              was.id());
      case StickEvent.Moved(var key, var from, var to) ->
          log.debug("{}: key {} moves from group {} to {}", resource, key, from, to);
      case StickEvent.Gone(var key, var group, var end) ->
          log.trace("{}: key {} of group {}: {}", resource, key, group, end);
      case StickEvent.Given(var key, var group) ->
          log.trace("{}: key {} belongs to group {}", resource, key, group);
      case StickEvent.Refused(var key, var refusal) ->
          log.debug("{}: key {} has no group: {}", resource, key, refusal);
    }
  }

  private void changed(GroupStanding before, GroupStanding now) {
    if (before.effective() == now.effective() && before.cause().equals(now.cause())) {
      return;
    }
    var failed = now.cause() instanceof Cause.Check || now.cause() instanceof Cause.Reported;
    var level = failed ? log.atWarn() : log.atInfo();
    level.log(
        "{}: group {} ({}) was {}, is {} by {}{}",
        resource,
        now.policy().name(),
        now.id(),
        before.effective(),
        now.effective(),
        now.cause(),
        now.why() == null ? "" : ": " + now.why());
  }

  void severing(int keys) {
    log.info("{}: connections of {} keys are cut, which were given up", resource, keys);
  }

  void notSevered(Throwable why) {
    log.error("{}: connections could not be cut, which is tried again", resource, why);
  }
}
