package dev.holdfast.health.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A program to run, without a shell.
 *
 * @param argv the program, as a path or a name that is looked for on PATH, and its arguments
 * @param environment added to this process's own
 * @param timeout from being handed in to the end of the program; waiting for a place counts
 */
public record ProcessCommand(List<String> argv, Map<String, String> environment, Duration timeout) {

  public ProcessCommand {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
    if (argv.isEmpty() || argv.getFirst().isEmpty()) {
      throw new IllegalArgumentException("expected a program to run, found an empty command");
    }
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("expected a timeout above 0, found " + timeout);
    }
  }
}
