package dev.holdfast.dataplane.agreement.group;

import dev.holdfast.dataplane.agreement.MemberId;
import java.util.Set;
import java.util.UUID;

/**
 * A disk's place in a group, which it never leaves.
 *
 * @param founders by whose majority the group's first leader is elected
 */
public record Belonging(UUID group, Set<MemberId> founders) {

  public Belonging {
    founders = Set.copyOf(founders);
  }

  /** What a log begins with: a member that is no founder waits until it is added. */
  public Set<MemberId> initial(MemberId self) {
    return founders.contains(self) ? founders : Set.of();
  }
}
