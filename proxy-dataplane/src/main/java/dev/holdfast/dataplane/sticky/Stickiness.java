package dev.holdfast.dataplane.sticky;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What clients are known by, and for how long.
 *
 * @param ipv4Prefix bits of an IPv4 address that count
 * @param ipv6Prefix bits of an IPv6 address that count
 * @param firstBytes null when the address is the whole key
 * @param expireAfter how long a key without a connection keeps its group; counted in whole seconds
 * @param maxEntries keys at a time
 */
public record Stickiness(
    int ipv4Prefix,
    int ipv6Prefix,
    @Nullable FirstBytes firstBytes,
    Duration expireAfter,
    int maxEntries) {

  /**
   * The part of a client's first bytes that belongs to its key.
   *
   * @param start the first byte that counts
   * @param end the first that counts no more
   * @param maxWait how long a client is waited for
   */
  public record FirstBytes(int start, int end, Duration maxWait, OnShort onShort) {}

  /** What becomes of a client that did not say enough in time. */
  public enum OnShort {
    /** Its address is its key. */
    UseIP,

    /** Its connection is closed. */
    Reject
  }
}
