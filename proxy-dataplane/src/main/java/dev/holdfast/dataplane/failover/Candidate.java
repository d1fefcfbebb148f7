package dev.holdfast.dataplane.failover;

/**
 * One backend as the configuration has it.
 *
 * @param checked whether it has health checks of its own, whose verdict is then what counts
 */
public record Candidate(String name, String host, int port, Wish wish, boolean checked) {

  /** What the configuration wants of a backend. */
  public enum Wish {
    Active,
    Draining,
    Disabled
  }

  public boolean active() {
    return wish == Wish.Active;
  }

  public String endpoint() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }

  public boolean samePlace(Candidate other) {
    return name.equals(other.name) && host.equals(other.host) && port == other.port;
  }
}
