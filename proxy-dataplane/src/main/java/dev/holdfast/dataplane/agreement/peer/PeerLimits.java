package dev.holdfast.dataplane.agreement.peer;

import java.time.Duration;

/**
 * How long things may take, and how much of them there may be.
 *
 * @param connectWithin for TCP alone: short, because a packet that was lost is sent again only
 *     after a second, and the next try begins with a new one
 * @param introducedWithin from the begin of a connection, name look-up included, to the end of both
 *     introductions
 * @param pingEvery after which an end that has nothing to say says so
 * @param silentAfter a connection over which nothing came for this long is given up
 * @param redialFirst before a lost connection is made again; doubled for each failure
 * @param redialMost the longest of those pauses
 * @param refreshEvery how often the TLS directory is looked at, and whether the certificates of
 *     those who are connected are still good
 * @param waiting questions to one peer without an answer
 * @param waitingBytes of those questions together; at least {@link PeerNetwork#MAX_BYTES}
 * @param strangers incoming connections that have not introduced themselves; the oldest one goes
 *     when there are more
 */
public record PeerLimits(
    Duration connectWithin,
    Duration introducedWithin,
    Duration pingEvery,
    Duration silentAfter,
    Duration redialFirst,
    Duration redialMost,
    Duration refreshEvery,
    int waiting,
    long waitingBytes,
    int strangers) {

  public static PeerLimits standard() {
    return new PeerLimits(
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofMillis(750),
        Duration.ofSeconds(3),
        Duration.ofMillis(10),
        Duration.ofMillis(500),
        Duration.ofSeconds(10),
        1024,
        2L * PeerNetwork.MAX_BYTES,
        32);
  }
}
