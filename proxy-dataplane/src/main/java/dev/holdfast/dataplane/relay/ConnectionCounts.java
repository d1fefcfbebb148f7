package dev.holdfast.dataplane.relay;

import java.util.Map;

/**
 * A relay's figures at one moment.
 *
 * @param accepted clients since the start, rejected ones included
 * @param rejected clients closed without having been linked to a backend
 * @param clients now: linked, connecting or parked
 * @param held now parked
 * @param backends by name
 */
public record ConnectionCounts(
    long accepted, long rejected, int clients, int held, Map<String, Backend> backends) {

  /** Clients linked to a backend or connecting to one now. */
  public int open() {
    return backends.values().stream().mapToInt(Backend::open).sum();
  }

  /**
   * @param open connections now, those being made included
   * @param connected successful connects since the start
   * @param connectFailures failed connects since the start
   * @param bytesToBackend bytes read from clients and passed on
   * @param bytesToClient bytes read from the backend and passed on
   */
  public record Backend(
      int open, long connected, long connectFailures, long bytesToBackend, long bytesToClient) {}
}
