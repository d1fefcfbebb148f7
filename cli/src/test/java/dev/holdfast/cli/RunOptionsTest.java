package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class RunOptionsTest {

  @Test
  @DisplayName("--access-log turns the log on, also where the environment has done so already")
  void accessLog() {
    var options = new RunOptions();
    new CommandLine(options.addTo(CommandSpec.create()))
        .setDefaultValueProvider(option -> option.equals(options.accessLog) ? "true" : null)
        .parseArgs("--access-log", "any.yaml");
    assertThat(options.accessLog.<Boolean>getValue()).isTrue();
  }
}
