package dev.holdfast.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "drain",
    description = {
      "Lets a group of a running StickyBalancer take no new keys; clients whose keys it has go on.",
      "",
      "So it stays until enable, or until the state of the group in the configuration is another"
          + " one. How many keys and connections are left, and when the last key ends: holdfast"
          + " status -w.",
      ""
    })
final class DrainCommand implements Callable<Integer> {

  @Mixin private GroupOptions group = new GroupOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    return group.change("Draining", spec.commandLine().getOut());
  }
}
