package dev.holdfast.cli.flipper;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** flipper's command line, as typed; its file alone stands for all of it. */
@Command(name = "flipper", sortOptions = false, sortSynopsis = false)
public final class FlipperFlags {
  private static final String DEFAULT_FILE = "flipper.yaml";
  private static final String MONITOR = "monitor";

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration: .yaml, .yml, .json or .toml. Default: flipper.yaml.")
  @Nullable String config;

  @Parameters(arity = "0..*", paramLabel = "FILE|monitor", description = "The configuration.")
  List<String> words = List.of();

  /**
   * The name of the configuration's file.
   *
   * @throws IllegalArgumentException when there are several, or there is another command
   */
  String file() {
    var files = new ArrayList<>(words);
    // a last "monitor" is flipper's command
    if (!files.isEmpty() && files.getLast().equals(MONITOR)) {
      files.removeLast();
    }
    if (config != null) {
      files.add(config);
    }
    if (files.size() > 1) {
      throw new IllegalArgumentException(
          "expected one configuration file, found " + String.join(" ", files));
    }
    return files.isEmpty() ? DEFAULT_FILE : files.getFirst();
  }
}
