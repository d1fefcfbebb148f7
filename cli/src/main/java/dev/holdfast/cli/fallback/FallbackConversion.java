package dev.holdfast.cli.fallback;

import dev.holdfast.api.GatewayDuration;
import dev.holdfast.cli.convert.Conversion;
import dev.holdfast.cli.convert.Endpoint;
import dev.holdfast.cli.convert.GoDuration;
import dev.holdfast.cli.convert.ProxyDraft;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says as a FailoverProxy what tcp_fallback's flags and arguments say. */
public final class FallbackConversion {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration DEFAULT_PROBE_DELAY = Duration.ofSeconds(30);
  private static final Duration DEFAULT_STATS = Duration.ofMinutes(15);
  private static final int DEFAULT_THREADS = 4;
  private static final Duration MIN_PROBE_DELAY = Duration.ofMillis(100);

  /** About as long as Linux tries to connect by itself. */
  private static final Duration KERNEL_TIMEOUT = Duration.ofMinutes(2);

  private FallbackConversion() {}

  /**
   * To run it here.
   *
   * @throws IllegalArgumentException says which flag or argument is wrong
   */
  public static Conversion of(FallbackFlags flags) {
    if (!flags.complete()) {
      throw new IllegalArgumentException(
          "expected LOCAL and one or more REMOTE, found " + flags.addresses);
    }
    var draft = new ProxyDraft("fallback", Endpoint.ofListener(flags.addresses.getFirst()));
    draft.backends(remotes(flags));
    draft.at("selection").put("mode", "FirstHealthy");
    timeout(flags.timeout, draft);
    recheckInterval(flags, draft);
    draft.at("connections.whileNoPrimary").put("policy", "Close");
    return draft.finished();
  }

  /** The same for whoever keeps the manifest, who is told which flags it cannot hold. */
  public static Conversion toKeep(FallbackFlags flags) {
    var conversion = of(flags);
    var notes = new ArrayList<>(conversion.notes());
    var left = processFlags(flags);
    if (!left.isEmpty()) {
      notes.add(
          "Not carried over, because a manifest says nothing of the process: %s."
              .formatted(String.join(", ", left)));
    }
    return new Conversion(conversion.manifest(), notes);
  }

  static List<Endpoint> remotes(FallbackFlags flags) {
    return flags.addresses.stream().skip(1).map(Endpoint::ofServer).toList();
  }

  static Duration probeDelay(FallbackFlags flags) {
    return flags.probeDelay.compareTo(MIN_PROBE_DELAY) < 0 ? MIN_PROBE_DELAY : flags.probeDelay;
  }

  private static void timeout(Duration wanted, ProxyDraft draft) {
    var timeout = wanted;
    if (!wanted.isPositive()) {
      timeout = KERNEL_TIMEOUT;
      draft.note(
          "-timeout %s is no limit; the limit is %s.".formatted(text(wanted), text(timeout)));
    }
    if (!timeout.equals(DEFAULT_TIMEOUT)) {
      draft.at("selection").put("connectTimeout", whole("-timeout", timeout));
    }
  }

  private static void recheckInterval(FallbackFlags flags, ProxyDraft draft) {
    var delay = probeDelay(flags);
    if (!delay.equals(flags.probeDelay)) {
      draft.note("-probe-delay %s is too short; it is 100ms.".formatted(text(flags.probeDelay)));
    }
    if (!delay.equals(DEFAULT_PROBE_DELAY)) {
      draft.at("selection").put("recheckInterval", whole("-probe-delay", delay));
    }
  }

  private static String whole(String flag, Duration duration) {
    var millis = duration.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
    if (millis.compareTo(GatewayDuration.MAX) > 0) {
      throw new IllegalArgumentException("%s: expected at most 99999h".formatted(flag));
    }
    return GatewayDuration.format(millis);
  }

  private static String text(Duration duration) {
    return duration.isNegative()
        ? "-" + GoDuration.format(duration.negated())
        : GoDuration.format(duration);
  }

  private static List<String> processFlags(FallbackFlags flags) {
    var given = new LinkedHashMap<String, Boolean>();
    given.put("-debug", flags.debug);
    given.put("-quiet", flags.quiet);
    given.put("-syslog", flags.syslog);
    given.put("-logfile", flags.logFile != null);
    given.put("-stats", !flags.stats.equals(DEFAULT_STATS));
    given.put("-maxthreads", flags.maxThreads != DEFAULT_THREADS);
    given.put("-cpuprofile", flags.cpuProfile != null);
    return given.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
  }
}
