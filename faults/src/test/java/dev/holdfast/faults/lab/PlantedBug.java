package dev.holdfast.faults.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/** A line of the program's own source that is written anew, to see that it is missed. */
enum PlantedBug {
  /** Whoever has a lease acts on it for good. */
  LEASES_SWITCHED_OFF("duration.minus(margin)", "Duration.ofDays(1)"),
  /** A lease of somebody who does not answer is taken as ended at once. */
  NO_WAIT_BY_THE_SUCCESSOR("duration.plus(margin)", "Duration.ZERO");

  private static final Path SOURCE =
      Path.of("proxy-dataplane/src/main/java/dev/holdfast/dataplane/agreement/LeaseTerms.java");

  private final String right;
  private final String wrong;

  PlantedBug(String right, String wrong) {
    this.right = right;
    this.wrong = wrong;
  }

  /**
   * Compiles the class with the bug; returns the directory that is to be first on the class path.
   */
  Path compile(Path directory) throws IOException {
    var source = Files.readString(Path.of(System.getProperty("holdfast.sources")).resolve(SOURCE));
    if (source.split(Pattern.quote(right), -1).length != 2) {
      throw new IllegalStateException("expected '%s' once in %s".formatted(right, SOURCE));
    }
    var classes = Files.createDirectories(directory.resolve(name()));
    var changed = classes.resolve(SOURCE.getFileName());
    Files.writeString(changed, source.replace(right, wrong));
    var compiler = ToolProvider.getSystemJavaCompiler();
    var result =
        compiler.run(
            null,
            null,
            null,
            "-proc:none",
            "-d",
            classes.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            changed.toString());
    if (result != 0) {
      throw new IllegalStateException("expected " + changed + " to compile");
    }
    return classes;
  }
}
