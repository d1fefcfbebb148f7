package dev.holdfast.dataplane.admin.http;

import java.time.Duration;

/**
 * Bounds of one HTTP server.
 *
 * @param connections open at once; one more is closed at once
 * @param streams event streams at once; one more is answered with 503
 * @param headerBytes all header lines of a request
 * @param requestTimeout from the connect, or the first byte of a body, to the request's end
 * @param keepAliveTimeout from an answer to the end of the next request's header
 * @param answerTimeout from the request's end to its answer
 * @param writeTimeout for the client to take what was sent
 * @param heartbeat between comment lines of an event stream
 */
public record HttpLimits(
    int connections,
    int streams,
    int headerBytes,
    Duration requestTimeout,
    Duration keepAliveTimeout,
    Duration answerTimeout,
    Duration writeTimeout,
    Duration heartbeat) {

  public static HttpLimits defaults() {
    return new HttpLimits(
        256,
        64,
        16 * 1024,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5));
  }
}
