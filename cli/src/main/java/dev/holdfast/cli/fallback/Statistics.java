package dev.holdfast.cli.fallback;

import dev.holdfast.api.dataplane.DataPlaneStatus.BackendStatus;
import dev.holdfast.cli.convert.GoDuration;
import dev.holdfast.cli.fallback.BackendFigures.Figures;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;

/** The STATS lines. Not thread-safe. */
final class Statistics {
  private record Use(long requests, Instant last) {}

  private final Instant start;
  private final Duration probeDelay;
  private final DateTimeFormatter time;
  private final Map<String, Use> uses = new HashMap<>();

  /**
   * @param start stands for the last use of a backend that was never used
   * @param zone of the times in the lines
   */
  Statistics(Instant start, Duration probeDelay, ZoneId zone) {
    this.start = start;
    this.probeDelay = probeDelay;
    this.time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS xx zzz").withZone(zone);
  }

  /** Takes down which backends were used since it was called last. */
  void observe(Map<String, Figures> figures, Instant now) {
    figures.forEach((backend, seen) -> {
      var before = uses.get(backend);
      if (seen.requests() > (before == null ? 0 : before.requests())) {
        uses.put(backend, new Use(seen.requests(), now));
      }
    });
  }

  String line(BackendStatus backend, Figures figures, BackendHistory history, Instant now) {
    var failedSince = history.failedSince(backend.name());
    var last = failedSince.map(since -> nextProbe(since, now)).orElseGet(() -> lastUse(backend));
    return "STATS: <%s> failed=%s (downtime=%s) requests=%d bytes=%d errors=%d last=%s"
        .formatted(
            backend.endpoint(),
            failedSince.isPresent(),
            GoDuration.format(history.downtime(backend.name(), now)),
            figures.requests(),
            figures.bytes(),
            figures.errors(),
            time.format(last));
  }

  private Instant lastUse(BackendStatus backend) {
    var use = uses.get(backend.name());
    return use == null ? start : use.last();
  }

  private Instant nextProbe(Instant failedSince, Instant now) {
    var probes = Duration.between(failedSince, now).dividedBy(probeDelay) + 1;
    return failedSince.plus(probeDelay.multipliedBy(probes));
  }
}
