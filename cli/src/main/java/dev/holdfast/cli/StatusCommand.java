package dev.holdfast.cli;

import dev.holdfast.cli.client.AdminClient;
import dev.holdfast.cli.client.ClientOptions;
import dev.holdfast.cli.console.LogOptions;
import dev.holdfast.cli.console.OutputFormat;
import dev.holdfast.cli.console.Structured;
import dev.holdfast.cli.console.Terminal;
import dev.holdfast.cli.status.LiveScreen;
import dev.holdfast.cli.status.StatusScreen;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "status",
    description = {"Shows the resources of a running data plane.", ""})
final class StatusCommand implements Callable<Integer> {

  @Mixin private ClientOptions access = new ClientOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json|yaml",
      defaultValue = "table",
      description = "How to print it. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output = OutputFormat.Table;

  @Option(
      names = {"-w", "--watch"},
      description = "Show every change, until SIGINT.")
  private boolean watch;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    LogOptions.quiet();
    var out = spec.commandLine().getOut();
    var client = access.client();
    if (!watch) {
      print(client, out);
    } else if (output == OutputFormat.Table && Terminal.isInteractive()) {
      watchOnTerminal(client, out);
    } else {
      client.watch(() -> printNext(client, out), null);
    }
    return 0;
  }

  private static void watchOnTerminal(AdminClient client, PrintWriter out)
      throws IOException, InterruptedException {
    client.statuses(); // a data plane that is not there is said without a change of screen
    try (var screen = new LiveScreen(out)) {
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(screen::close));
      client.watch(
          () -> {
            screen.show(StatusScreen.lines(client.statuses(), Instant.now()));
            return Optional.empty();
          },
          null);
    }
  }

  private Optional<Boolean> printNext(AdminClient client, PrintWriter out)
      throws IOException, InterruptedException {
    if (output != OutputFormat.Json) {
      out.println(output == OutputFormat.Yaml ? "---" : "");
    }
    print(client, out);
    return Optional.empty();
  }

  private void print(AdminClient client, PrintWriter out) throws IOException, InterruptedException {
    switch (output) {
      case Table -> StatusScreen.lines(client.statuses(), Instant.now()).forEach(out::println);
      case Json -> out.println(Structured.json(client.json()));
      case Yaml -> out.println(Structured.yaml(client.json()));
    }
    out.flush();
  }
}
