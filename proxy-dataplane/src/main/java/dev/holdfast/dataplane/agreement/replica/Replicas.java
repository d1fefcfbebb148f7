package dev.holdfast.dataplane.agreement.replica;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Opens this process's replicas, one for each resource that agrees. */
public interface Replicas {

  /**
   * @param resource {@code namespace/name}
   * @param uid the resource's; null outside a cluster
   * @param self the name of this replica, which is one of {@code all}
   * @param directory of its own, for the log
   * @param recorded the group that is known to have decided; null when none is, or nobody knows
   * @param rebootstrap the recorded group that somebody gives up for lost
   */
  record Place(
      String resource,
      @Nullable String uid,
      String self,
      List<ReplicaAddress> all,
      Path directory,
      Duration leaseDuration,
      @Nullable UUID recorded,
      @Nullable UUID rebootstrap) {

    /** Where nobody records groups. */
    public Place(
        String resource,
        @Nullable String uid,
        String self,
        List<ReplicaAddress> all,
        Path directory,
        Duration leaseDuration) {
      this(resource, uid, self, all, directory, leaseDuration, null, null);
    }

    public Place {
      all = List.copyOf(all);
    }
  }

  /**
   * @throws IllegalStateException when it cannot begin here: no certificate, no right to the
   *     directory, a port that is taken; with a message for people
   */
  <C, S, M extends ReplicaMessage> Replica<C, S, M> open(Place place, WireFormat<C, S, M> format);
}
