package dev.holdfast.dataplane.agreement.group.place;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.ReplicatedLog;
import dev.holdfast.dataplane.agreement.peer.PeerNetwork;
import dev.holdfast.dataplane.agreement.replica.WireFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Opens a member's log. */
public interface LogFactory {

  /** The log on this disk cannot be used, and never will be. */
  final class Damaged extends IOException {
    public Damaged(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** The log has ended because the group has gone on without this member. */
  final class Removed extends IOException {
    public Removed(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /**
   * Blocks.
   *
   * @param initial empty for a member that is added later
   * @param stopped told once when the log cannot go on, by {@link Removed} for ever
   * @throws Damaged when this member must not go on with what its disk holds
   * @throws IOException when it cannot be opened now
   */
  <C, S> ReplicatedLog<C, S> open(
      WireFormat<C, S, ?> format,
      UUID group,
      MemberId self,
      Set<MemberId> initial,
      Path directory,
      PeerNetwork network,
      Consumer<IOException> stopped)
      throws IOException;
}
