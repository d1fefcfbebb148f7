package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.e2e.Exchange.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A pod that uses a proxy as clients do: one container opens new connections, one keeps a single
 * connection. Each writes its record to its log, so that neither the traffic nor the record depends
 * on the API server.
 */
final class Traffic {
  private final TestNamespace namespace;
  private final String pod;

  private Traffic(TestNamespace namespace, String pod) {
    this.namespace = namespace;
    this.pod = pod;
  }

  /** Returns when the first new connection was answered and the kept one is open. */
  static Traffic start(TestNamespace namespace, String host, int port) {
    return start(namespace, "traffic", host, port);
  }

  static Traffic start(TestNamespace namespace, String pod, String host, int port) {
    var box = new Box(namespace);
    var env = env(host, port);
    box.start(
        pod,
        List.of(box.container("fresh", "fresh.sh", env), box.container("kept", "kept.sh", env)));
    box.awaitReady(pod);
    var traffic = new Traffic(namespace, pod);
    within(60)
        .ignoreExceptions()
        .untilAsserted(() -> {
          assertThat(traffic.fresh()).anyMatch(e -> e.outcome() == Outcome.ANSWERED);
          assertThat(traffic.kept()).anyMatch(e -> e.outcome() == Outcome.ECHOED);
        });
    return traffic;
  }

  /** Only new connections, and to a port that may not be open yet. */
  static Traffic knock(TestNamespace namespace, String pod, String host, int port) {
    var box = new Box(namespace);
    box.start(pod, List.of(box.container("fresh", "fresh.sh", env(host, port))));
    box.awaitReady(pod);
    return new Traffic(namespace, pod);
  }

  private static Map<String, String> env(String host, int port) {
    return Map.of("HOST", host, "PORT", Integer.toString(port));
  }

  List<Exchange> fresh() {
    return record("fresh");
  }

  List<Exchange> kept() {
    return record("kept");
  }

  /** Who answered first. */
  String firstBackend() {
    return fresh().stream()
        .filter(e -> e.outcome() == Outcome.ANSWERED)
        .map(Exchange::backend)
        .findFirst()
        .orElseThrow();
  }

  /** Waits for a new connection, begun after this instant, that this backend answered. */
  Exchange awaitAnswer(String backend, Instant after, int seconds) {
    return within(seconds)
        .ignoreExceptions()
        .until(
            () ->
                fresh().stream()
                    .filter(e -> e.answeredBy(backend) && e.begin().isAfter(after))
                    .findFirst()
                    .orElse(null),
            found -> found != null);
  }

  /** The instant at which a client of the kept connection saw it end, after the given one. */
  Instant awaitBreak(Instant after, int seconds) {
    return within(seconds)
        .ignoreExceptions()
        .until(
            () ->
                kept().stream()
                    .filter(e -> e.outcome() == Outcome.ENDED && e.end().isAfter(after))
                    .map(Exchange::end)
                    .findFirst()
                    .orElse(null),
            found -> found != null);
  }

  /** Waits for an echo, begun after this instant, on a connection that is kept. */
  void awaitEcho(Instant after, int seconds) {
    within(seconds)
        .ignoreExceptions()
        .until(
            () -> kept().getLast(), e -> e.outcome() == Outcome.ECHOED && e.begin().isAfter(after));
  }

  /**
   * Since the given instant every new connection was answered and the kept one neither broke nor
   * paused, up to now.
   */
  void assertNothingLost(Instant since) {
    var now = Instant.now();
    within(60)
        .ignoreExceptions()
        .until(() -> isEnough(fresh(), since, now) && isEnough(kept(), since, now));
    assertThat(fresh())
        .filteredOn(e -> e.end().isAfter(since))
        .as("new connections since %s", since)
        .allMatch(e -> e.outcome() == Outcome.ANSWERED);
    assertThat(kept())
        .filteredOn(e -> e.end().isAfter(since))
        .as("echoes on the kept connection since %s", since)
        .allMatch(e -> e.outcome() == Outcome.ECHOED);
  }

  /** Some exchanges in the span, and one begun after its end. */
  private static boolean isEnough(List<Exchange> record, Instant since, Instant end) {
    return record.getLast().begin().isAfter(end)
        && record.stream().filter(e -> e.end().isAfter(since)).count() > 5;
  }

  /** When the kept connection was opened. */
  Instant opened() {
    return kept().stream()
        .filter(e -> e.outcome() == Outcome.OPENED)
        .map(Exchange::end)
        .findFirst()
        .orElseThrow();
  }

  /** The longest time that a client waited since the given instant. */
  Duration longestWait(Instant since) {
    return fresh().stream()
        .filter(e -> e.end().isAfter(since))
        .map(Exchange::took)
        .max(Duration::compareTo)
        .orElseThrow();
  }

  private List<Exchange> record(String container) {
    var log =
        namespace
            .client()
            .pods()
            .inNamespace(namespace.name())
            .withName(pod)
            .inContainer(container)
            .getLog();
    var complete = log.substring(0, log.lastIndexOf('\n') + 1);
    return Exchange.parse(complete);
  }
}
