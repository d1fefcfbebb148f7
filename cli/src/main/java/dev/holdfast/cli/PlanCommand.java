package dev.holdfast.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.holdfast.cli.console.CommandFailed;
import dev.holdfast.cli.console.LogOptions;
import dev.holdfast.cli.plan.PlanDocument;
import dev.holdfast.cli.plan.StateDocuments;
import dev.holdfast.floatingip.plan.Observed;
import dev.holdfast.floatingip.plan.Planner;
import dev.holdfast.floatingip.plan.PlannerPolicy;
import dev.holdfast.floatingip.plan.Strategy;
import dev.holdfast.floatingip.plan.WhenAllUnhealthy;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "plan",
    description = {
      "Prints which floating IPs would be moved to which servers, without touching anything.",
      "",
      "A state lists servers and floatingIps; resourceIndex -1 stands for no label, and a server"
          + " that is not Healthy counts as unhealthy. If none is Healthy, all are candidates."
          + " Several states, one a line, give one plan a line.",
      ""
    })
final class PlanCommand implements Callable<Integer> {
  private static final String STDIN = "-";

  @Parameters(
      paramLabel = "STATE.json",
      description = "States as JSON or JSON Lines; - reads standard input.")
  private String file = STDIN;

  @Option(
      names = "--strategy",
      paramLabel = "Canonical|MinimalMoves",
      defaultValue = "MinimalMoves",
      description =
          "MinimalMoves: best spread, then fewest moves. Canonical: flipper's documented rules."
              + " Default: ${DEFAULT-VALUE}.")
  private Strategy strategy = Strategy.MinimalMoves;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    LogOptions.quiet();
    var out = spec.commandLine().getOut();
    try (var in = open()) {
      new StateDocuments(file, state -> print(state, out)).read(in);
    } catch (NoSuchFileException e) {
      throw new CommandFailed(file + ": expected a file, found none", e);
    } catch (IOException e) {
      throw new CommandFailed(file + ": cannot be read: " + e, e);
    } finally {
      out.flush();
    }
    return 0;
  }

  private InputStream open() throws IOException {
    return file.equals(STDIN) ? System.in : Files.newInputStream(Path.of(file));
  }

  private void print(Observed state, PrintWriter out) {
    var plan = Planner.plan(state, new PlannerPolicy(strategy, WhenAllUnhealthy.Spread, true));
    try {
      out.println(PlanDocument.of(plan).line());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
