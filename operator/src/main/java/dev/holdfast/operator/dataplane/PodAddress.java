package dev.holdfast.operator.dataplane;

import dev.holdfast.operator.children.Ports;
import java.net.URI;

/**
 * Where a data-plane pod is.
 *
 * @param uid a pod that was replaced keeps its name and gets a new uid
 * @param ip IPv4 or IPv6
 */
public record PodAddress(String name, String uid, String ip, int adminPort) {

  public PodAddress(String name, String uid, String ip) {
    this(name, uid, ip, Ports.ADMIN);
  }

  URI admin(String path) {
    var host = ip.contains(":") ? "[" + ip + "]" : ip;
    return URI.create("https://%s:%d%s".formatted(host, adminPort, path));
  }
}
