package dev.holdfast.dataplane.agreement.group;

import dev.holdfast.dataplane.agreement.MemberId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a peer says of itself, as question and as answer.
 *
 * @param group null while it belongs to none
 * @param members as its log counts them; empty until it has had a leader, which shows that a
 *     majority of the founders is in the group
 * @param peers who its configuration names
 * @param mayFound whether its configuration allows a new group
 */
public record Greeting(
    MemberId self,
    @Nullable Belonging group,
    Set<MemberId> members,
    Set<String> peers,
    boolean mayFound) {

  public Greeting {
    members = Set.copyOf(members);
    peers = Set.copyOf(peers);
  }
}
