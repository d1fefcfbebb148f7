package dev.holdfast.operator.floatingipgroup;

import dev.holdfast.floatingip.resource.GroupSetup;

/** Whether a resource can be run as it says. */
sealed interface Setup {

  record Ready(GroupSetup group, ReferenceSnapshot references) implements Setup {}

  record Refused(GroupObstacle obstacle) implements Setup {}
}
