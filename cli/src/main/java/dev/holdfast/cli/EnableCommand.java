package dev.holdfast.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "enable",
    description = {
      "Lets a group of a running StickyBalancer take new keys again.",
      "",
      "A group whose checks fail stays as strict as they make it.",
      ""
    })
final class EnableCommand implements Callable<Integer> {

  @Mixin private GroupOptions group = new GroupOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    return group.change("Active", spec.commandLine().getOut());
  }
}
