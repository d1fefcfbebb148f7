package dev.holdfast.operator.certificates;

/**
 * The DNS names in the certificates of one resource. Nothing resolves them; they are identities.
 */
public record PeerNames(String pod, String operator) {

  public static PeerNames of(String namespace, String name) {
    var resource = "%s.%s.fop.holdfast".formatted(name, namespace);
    return new PeerNames(resource, "operator." + resource);
  }
}
