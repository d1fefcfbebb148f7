package dev.holdfast.dataplane.agreement.replica;

import dev.holdfast.dataplane.agreement.MemberId;
import java.util.Optional;

/** What replicas tell each other beside the log. Each may be lost, come late, or come twice. */
public interface ReplicaMessage {

  /** In whose name it speaks; nobody else may send it. Empty for what anybody may say. */
  Optional<MemberId> author();
}
