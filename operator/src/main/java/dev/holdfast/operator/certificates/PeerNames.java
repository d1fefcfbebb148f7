package dev.holdfast.operator.certificates;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The DNS names in the certificates of one resource. Nothing resolves them; they are identities.
 *
 * @param pod of every pod's admin port
 * @param operator of the operator as a client of it
 * @param peers of the pods to each other, by their numbers
 */
public record PeerNames(String pod, String operator, List<String> peers) {

  /** As many as may agree: the names are there before a pod is, and scaling issues nothing anew. */
  private static final int MAX_PEERS = 7;

  public PeerNames {
    peers = List.copyOf(peers);
  }

  /**
   * @param shortName of the resource's kind
   */
  public static PeerNames of(ResourceID id, String shortName) {
    var name = id.getName();
    var resource = "%s.%s.%s.holdfast".formatted(name, id.getNamespace().orElseThrow(), shortName);
    return new PeerNames(
        resource,
        "operator." + resource,
        IntStream.range(0, MAX_PEERS)
            .mapToObj(number -> "%s-%s-%d.peer.%s".formatted(name, shortName, number, resource))
            .toList());
  }

  /**
   * All that a pod's certificate is for. The pods of a StatefulSet mount the same Secret, so that
   * one certificate has the names of all: it tells a pod of this resource from anybody else.
   */
  List<String> ofPods() {
    return Stream.concat(Stream.of(pod), peers.stream()).toList();
  }
}
