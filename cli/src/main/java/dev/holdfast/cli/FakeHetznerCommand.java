package dev.holdfast.cli;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.holdfast.cli.console.CommandFailed;
import dev.holdfast.cli.console.LogOptions;
import dev.holdfast.cli.console.Plural;
import dev.holdfast.cli.run.ListenAddress;
import dev.holdfast.cli.run.ProcessSignals;
import dev.holdfast.floatingip.fake.FakeCloud;
import dev.holdfast.floatingip.fake.FakeHetzner;
import dev.holdfast.floatingip.fake.FakeSettings;
import dev.holdfast.floatingip.fake.ProjectToken;
import dev.holdfast.floatingip.fake.Seed;
import dev.holdfast.floatingip.fake.StateFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "fake-hetzner",
    description = {
      "Runs a Hetzner Cloud API of floating IPs and servers here, to try things against.",
      "",
      "Official clients work with it: give them HCLOUD_ENDPOINT and HCLOUD_TOKEN.",
      ""
    })
final class FakeHetznerCommand implements Callable<Integer> {
  private static final int SHOWN = 4;

  @Option(
      names = "--listen",
      paramLabel = "ADDR:PORT",
      defaultValue = "127.0.0.1:8420",
      converter = ListenAddress.Converter.class,
      description = "Port 0: any free one. Default: ${DEFAULT-VALUE}.")
  private ListenAddress listen = new ListenAddress(null);

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description =
          "Projects, tokens, servers and floating IPs to begin with, YAML or JSON."
              + " Default: a small sample, and a token that is made up and printed.")
  private @Nullable Path state;

  @Option(
      names = "--action-delay",
      paramLabel = "DURATION",
      converter = DemoCommand.DurationConverter.class,
      description = "How long an assignment takes. Default: the state file's, else 1s.")
  private @Nullable Duration actionDelay;

  @Option(
      names = "--calls-per-hour",
      paramLabel = "N",
      description = "The rate limit of each project. Default: the state file's, else 3600.")
  private @Nullable Integer callsPerHour;

  @Mixin private CommandSpec log = LogOptions.spec();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    var address = listen.resolved();
    if (address == null) {
      throw new ParameterException(spec.commandLine(), "--listen: expected ADDR:PORT, found none");
    }
    if (callsPerHour != null && callsPerHour < 1) {
      throw new ParameterException(
          spec.commandLine(), "--calls-per-hour: expected at least 1, found " + callsPerHour);
    }
    LogOptions.of(log).applyQuietly();
    var seed = seed();
    var controlToken = ProjectToken.newValue();
    var ended = new CountDownLatch(1);
    try (var fake =
        new FakeHetzner(new FakeCloud(seed, InstantSource.system()), address, controlToken)) {
      print(spec.commandLine().getOut(), fake, seed, controlToken);
      ProcessSignals.on("INT", ended::countDown);
      ProcessSignals.on("TERM", ended::countDown);
      await(ended);
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailed(String.valueOf(e.getMessage()), e);
    }
    return 0;
  }

  private static void await(CountDownLatch ended) throws InterruptedException {
    while (!ended.await(1, TimeUnit.HOURS)) {
      // until a signal comes
    }
  }

  private Seed seed() {
    var seed = state == null ? sample() : read(state);
    var settings = seed.settings();
    if (actionDelay != null) {
      settings = settings.withActionDelay(actionDelay);
    }
    if (callsPerHour != null) {
      settings = settings.withCallsPerHour(callsPerHour);
    }
    return new Seed(seed.projects(), settings);
  }

  private static Seed sample() {
    return Seed.sample(
        new ProjectToken("sample", ProjectToken.newValue(), ProjectToken.Scope.ReadWrite),
        FakeSettings.defaults());
  }

  private static Seed read(Path file) {
    try {
      return StateFile.read(new YAMLMapper().readTree(file.toFile()));
    } catch (IOException e) {
      throw new CommandFailed(file + " cannot be read: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(file + ": " + e.getMessage(), e);
    }
  }

  private void print(PrintWriter out, FakeHetzner fake, Seed seed, String controlToken) {
    out.println("fake Hetzner Cloud API at " + fake.endpoint() + ", until SIGINT or SIGTERM");
    for (var project : seed.projects()) {
      out.printf(
          "project %s: %s, %s%n",
          project.name(),
          Plural.of(project.servers().size(), "server"),
          Plural.of(project.floatingIps().size(), "floating IP"));
      for (var token : project.tokens()) {
        out.printf("  token %s (%s): %s%n", token.name(), token.scope(), hint(token.value()));
      }
    }
    out.println("control token: " + controlToken);
    if (state == null) {
      var token = seed.projects().getFirst().tokens().getFirst().value();
      List.of("HCLOUD_ENDPOINT=" + fake.endpoint(), "HCLOUD_TOKEN=" + token)
          .forEach(variable -> out.println("export " + variable));
    }
    out.flush();
  }

  /** Enough to tell it from another one. What a file holds, its reader can look up. */
  private static String hint(String token) {
    return token.length() <= 3 * SHOWN ? "***" : token.substring(0, SHOWN) + "***";
  }
}
