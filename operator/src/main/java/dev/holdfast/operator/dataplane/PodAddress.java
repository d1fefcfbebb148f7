package dev.holdfast.operator.dataplane;

import java.net.URI;

/**
 * Where a data-plane pod is.
 *
 * @param uid a pod that was replaced keeps its name and gets a new uid
 * @param ip IPv4 or IPv6
 */
public record PodAddress(String name, String uid, String ip, int adminPort) {

  URI admin(String path) {
    var host = ip.contains(":") ? "[" + ip + "]" : ip;
    return URI.create("https://%s:%d%s".formatted(host, adminPort, path));
  }
}
