package dev.holdfast.cli.failover;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What flopsy's container image takes from outside. A variable that is empty counts as not set.
 *
 * @param root where the container's paths begin
 */
public record FlopsyContainer(Map<String, String> environment, Path root) {
  private static final String CHECK = "etc/flopsy/check-host.sh";
  private static final String TRIGGERS = "etc/flopsy/triggers.d";

  /** This process's own. */
  public static FlopsyContainer ofProcess() {
    return new FlopsyContainer(System.getenv(), Path.of("/"));
  }

  /** There is none: for flags that are converted and not run. */
  public static FlopsyContainer none() {
    return new FlopsyContainer(Map.of(), Path.of("/"));
  }

  @Nullable String variable(String name) {
    var value = environment.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** Whether the hosts come from the environment: then the container's paths count, too. */
  boolean isUsed() {
    return variable("HOSTS") != null;
  }

  /** The path of the check script, or null when it cannot be run. */
  @Nullable String check() {
    var script = root.resolve(CHECK);
    return Files.isRegularFile(script) && Files.isExecutable(script) ? script.toString() : null;
  }

  String checkPath() {
    return root.resolve(CHECK).toString();
  }

  @Nullable String triggers() {
    var directory = root.resolve(TRIGGERS);
    return Files.isDirectory(directory) ? directory.toString() : null;
  }
}
