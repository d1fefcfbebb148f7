package dev.holdfast.floatingip.loop;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that the machine of a group remembers; what it means is the machine's own business.
 *
 * @param leads whether this process may write
 * @param yielded floating IPs that another group moves
 * @param wakeAt when a {@link GroupEvent.Tick} is due; null when only an event can change anything
 */
public record GroupState(
    boolean leads,
    Reading reading,
    Members members,
    Moves moves,
    Planned planned,
    Set<Long> yielded,
    @Nullable Instant wakeAt) {

  public GroupState {
    yielded = Set.copyOf(yielded);
  }

  /** Before anything was read, of a process that may not write. */
  public static GroupState initial(Instant now) {
    return new GroupState(
        false, Reading.none(now), Members.none(now), Moves.none(), Planned.none(), Set.of(), null);
  }
}
