package dev.holdfast.cli;

import dev.holdfast.cli.console.LogOptions;
import dev.holdfast.cli.console.OutputFormat;
import dev.holdfast.cli.console.Structured;
import dev.holdfast.cli.status.StatusClient;
import dev.holdfast.cli.status.StatusScreen;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "status",
    description = {"Shows the resources of a running data plane.", ""})
final class StatusCommand implements Callable<Integer> {
  private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J\u001b[3J";

  @Option(
      names = "--address",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:2340",
      description = "Of the admin interface. Default: ${DEFAULT-VALUE}.")
  private URI address = URI.create("http://127.0.0.1:2340");

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
    var client = new StatusClient(address);
    if (watch) {
      client.watch(() -> print(client, out));
    } else {
      print(client, out);
    }
    return 0;
  }

  private void print(StatusClient client, PrintWriter out)
      throws IOException, InterruptedException {
    switch (output) {
      case Table -> {
        var lines = StatusScreen.lines(client.statuses(), Instant.now());
        if (watch) {
          out.print(CLEAR_SCREEN);
        }
        lines.forEach(out::println);
      }
      case Json -> out.println(Structured.json(client.json()));
      case Yaml -> out.println((watch ? "---\n" : "") + Structured.yaml(client.json()));
    }
    out.flush();
  }
}
