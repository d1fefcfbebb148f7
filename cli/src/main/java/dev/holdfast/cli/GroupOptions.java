package dev.holdfast.cli;

import dev.holdfast.cli.client.ClientOptions;
import dev.holdfast.cli.client.GroupChange;
import dev.holdfast.cli.console.LogOptions;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which group of which balancer is meant. */
final class GroupOptions {

  @Parameters(paramLabel = "GROUP", description = "Name or number of the group.")
  private String group = "";

  @Option(
      names = "--resource",
      paramLabel = "NAMESPACE/NAME",
      description = "Of which StickyBalancer. Default: the only one.")
  private @Nullable String resource;

  @Mixin private ClientOptions access = new ClientOptions();

  int change(String state, PrintWriter out) throws IOException, InterruptedException {
    LogOptions.quiet();
    out.println(new GroupChange(access.client(), group, state).run(resource));
    return 0;
  }
}
