package dev.holdfast.cli.fallback;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.cli.console.CommandFailed;
import dev.holdfast.cli.run.LocalRun;
import dev.holdfast.cli.run.ProcessSignals;
import dev.holdfast.cli.run.RunSettings;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A data plane that behaves, towards whoever started it, as tcp_fallback does. */
public final class FallbackRun {
  private static final Logger log = LoggerFactory.getLogger(FallbackRun.class);

  private final FallbackFlags flags;
  private final FallbackLogging.Reopening logOutput;
  private final AtomicBoolean listened = new AtomicBoolean();

  private FallbackRun(FallbackFlags flags) {
    this.flags = flags;
    this.logOutput = FallbackLogging.configure(flags);
  }

  /**
   * Runs until a signal.
   *
   * @param notes on the conversion of the flags
   * @return the exit code
   * @throws CommandFailed when the log, the profile or the port cannot be opened
   */
  public static int run(FallbackFlags flags, List<String> notes, RunSettings settings) {
    return new FallbackRun(flags).run(notes, settings);
  }

  private int run(List<String> notes, RunSettings settings) {
    log.info("Starting holdfast {}", settings.version());
    notes.forEach(log::warn);
    var remotes = FallbackConversion.remotes(flags);
    log.info("Initializing {} backend{}", remotes.size(), remotes.size() == 1 ? "" : "s");
    remotes.forEach(remote -> log.info("Backend {} added", remote));
    var profile = flags.cpuProfile == null ? null : CpuProfile.start(flags.cpuProfile);
    try (profile;
        var run = LocalRun.start(settings)) {
      listenToSignals(run);
      var now = Instant.now();
      var statistics =
          new Statistics(now, FallbackConversion.probeDelay(flags), ZoneId.systemDefault());
      try (var _ = run.proxies().subscribe(status -> endUnlessListening(status, run));
          var _ = FallbackReporter.start(run, statistics, flags.statsInterval(), now)) {
        run.untilStopped();
      }
      save(profile);
    }
    log.info("Exiting");
    return 0;
  }

  private void listenToSignals(LocalRun run) {
    for (var name : new String[] {"TERM", "INT"}) {
      ProcessSignals.on(
          name,
          () -> {
            log.info("Signal received: SIG{}", name);
            run.stop("SIG" + name);
          });
    }
    ProcessSignals.on(
        "HUP",
        () -> {
          logOutput.reopen();
          log.info("SIGHUP received");
        });
  }

  /** A port that is taken at the start is most likely taken by the same service. */
  private void endUnlessListening(DataPlaneStatus status, LocalRun run) {
    var listener = status.listener();
    switch (listener.state()) {
      case Open -> listened.set(true);
      case Failed -> {
        if (!listened.get()) {
          run.fail("Failed to open listening socket: " + listener.message());
        }
      }
      case Closed -> {}
    }
  }

  private void save(@Nullable CpuProfile profile) {
    if (profile != null) {
      try {
        profile.save();
      } catch (IOException e) {
        throw new CommandFailed("the profile %s cannot be saved".formatted(flags.cpuProfile), e);
      }
    }
  }
}
