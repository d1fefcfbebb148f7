package dev.holdfast.dataplane.runtime.replica;

import dev.holdfast.dataplane.agreement.replica.ReplicaAddress;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The pods of a StatefulSet: numbered from 0, and found by their names through its headless
 * Service.
 *
 * @param service the headless Service's name
 * @param port on which each pod listens for the others
 */
public record PodPeers(String service, int port) {

  /** On which pods listen for each other when nothing else is said. */
  public static final int PORT = 7947;

  /**
   * @param pod the name of one of them, such as {@code db-0}
   * @throws IllegalArgumentException when it does not end with a number
   */
  List<ReplicaAddress> all(String pod, String namespace, int replicas) {
    var dash = pod.lastIndexOf('-');
    if (dash < 1 || !pod.substring(dash + 1).matches("[0-9]{1,3}")) {
      throw new IllegalArgumentException(
          "expected the name of a StatefulSet's pod, such as db-0, found \"%s\"".formatted(pod));
    }
    var set = pod.substring(0, dash);
    return IntStream.range(0, replicas)
        .mapToObj(ordinal -> set + "-" + ordinal)
        .map(
            name -> new ReplicaAddress(name, name + "." + service + "." + namespace + ".svc", port))
        .toList();
  }
}
