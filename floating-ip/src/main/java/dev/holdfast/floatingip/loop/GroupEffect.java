package dev.holdfast.floatingip.loop;

import dev.holdfast.floatingip.hetzner.assign.Move;
import dev.holdfast.floatingip.hetzner.model.Server;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What the machine of a group wants done. */
public sealed interface GroupEffect {

  /** Answered by a {@link GroupEvent.PollSucceeded} or {@link GroupEvent.PollFailed}. */
  record ReadCloud(long poll, Duration timeout) implements GroupEffect {}

  /**
   * Checks these servers and no others.
   *
   * @param anew those whose checks begin from the beginning; each is answered by a {@link
   *     GroupEvent.HealthObserved} at once, also when no check applies to it
   */
  record FollowServers(List<Server> servers, Set<Long> anew) implements GroupEffect {
    public FollowServers {
      servers = List.copyOf(servers);
      anew = Set.copyOf(anew);
    }
  }

  /** Answered by a {@link GroupEvent.MoveEnded}. */
  record BeginMove(Move move) implements GroupEffect {}

  /** The move that is under way for this floating IP writes no more. */
  record RevokeMove(long floatingIp) implements GroupEffect {}

  record Tell(GroupNotice notice) implements GroupEffect {}
}
