package dev.holdfast.cli;

import dev.holdfast.cli.console.LogOptions;
import dev.holdfast.cli.run.HostName;
import dev.holdfast.cli.run.ListenAddress;
import dev.holdfast.cli.run.LocalRun;
import dev.holdfast.cli.run.RunSettings;
import dev.holdfast.cli.run.RunSettings.AdminAccess;
import dev.holdfast.cli.run.RunSettings.Identity;
import dev.holdfast.cli.run.RunSettings.Relaying;
import dev.holdfast.cli.tcpffee.TcpffeeEnvironment;
import dev.holdfast.cli.tcpffee.TcpffeeFlags;
import dev.holdfast.cli.tcpffee.TcpffeeRun;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "sticky",
    sortOptions = false,
    description = {
      "Does what tcpffee does, from tcpffee's configuration and its environment, until SIGTERM or"
          + " SIGINT.",
      "",
      "SIGUSR1 has the configuration read again: a bad one is refused with all its problems, and"
          + " what ran before goes on. The first SIGTERM lets connections end, for 30 s at most,"
          + " the second one cuts them; the exit code is 0 either way.",
      ""
    })
final class StickyCommand implements Callable<Integer> {

  @Mixin private TcpffeeFlags flags = new TcpffeeFlags();

  @Option(names = "--print", description = "Print the manifest that says the same, and end.")
  private boolean print;

  @Option(
      names = "--admin",
      paramLabel = "ADDR:PORT|none",
      converter = ListenAddress.Converter.class,
      description = "Where the admin interface listens. Default: as stats_bind_socket says.")
  private @Nullable ListenAddress admin;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "Lines 'read TOKEN', 'report-unhealthy TOKEN' and 'admin TOKEN': who may use the admin"
              + " interface.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description =
          "Keeps the table over a restart. Default: the directory of"
              + " $$TCPFFEE_HEALTHCHECK_SAVE_PATH, if that is set and there.")
  private @Nullable Path stateDir;

  @Option(
      names = "--tls-dir",
      paramLabel = "DIR",
      description =
          "Holds ca.crt, tls.crt and tls.key, which peers need: they and the admin interface speak"
              + " TLS only.")
  private @Nullable Path tlsDir;

  @Option(
      names = "--instance",
      paramLabel = "NAME",
      description =
          "Which peer this is: peer-0 for the first, and so on. Default: the one with a MAC address"
              + " of this machine.")
  private @Nullable String instance;

  @Option(names = "--access-log", description = "Log each connection at its end.")
  private boolean accessLog;

  @Mixin private CommandSpec log = LogOptions.spec();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var environment = TcpffeeEnvironment.ofProcess();
    var run = new TcpffeeRun(file(environment), environment);
    if (print) {
      LogOptions.quiet();
      PrintedManifest.of(run.converted()).to(spec.commandLine().getOut());
      return 0;
    }
    LogOptions.of(log).apply(environment.logLevel().orElse("info"));
    try (var started = LocalRun.start(settings(run, environment));
        var _ = run.pidFile()) {
      started.listenToSignals();
      started.untilStopped();
      return 0;
    }
  }

  private Path file(TcpffeeEnvironment environment) {
    try {
      return flags.file(environment);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private RunSettings settings(TcpffeeRun run, TcpffeeEnvironment environment) {
    return new RunSettings(
        run.source(),
        false,
        Relaying.standard(accessLog),
        AdminAccess.at(admin, tokenFile),
        new Identity(
            instance != null ? instance : run.instance().orElseGet(HostName::local), tlsDir, null),
        stateDir != null ? stateDir : environment.stateDirectory().orElse(null),
        null,
        ProgramVersion.number());
  }
}
