package dev.holdfast.health.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Tells beforehand why a program would not start, in words that say what to do. */
final class Executable {
  private static final int LONGEST_FIRST_LINE = 256;

  private Executable() {}

  /**
   * @param searchPath directories, separated by colons, where a name without a slash is looked for
   */
  static Optional<String> problem(String program, String searchPath) {
    if (program.contains("/")) {
      return problem(Path.of(program));
    }
    return Arrays.stream(searchPath.split(":"))
            .map(directory -> Path.of(directory, program))
            .anyMatch(path -> Files.isRegularFile(path) && Files.isExecutable(path))
        ? Optional.empty()
        : Optional.of("program " + program + " was not found on PATH " + searchPath);
  }

  private static Optional<String> problem(Path program) {
    if (!Files.exists(program)) {
      return Optional.of(program + " does not exist");
    }
    if (!Files.isRegularFile(program)) {
      return Optional.of(program + " is not a file");
    }
    if (!Files.isExecutable(program)) {
      return Optional.of(program + " is not executable: set its mode to 0755");
    }
    return interpreter(program)
        .filter(interpreter -> !Files.isExecutable(Path.of(interpreter)))
        .map(missing -> program + " wants " + missing + " in its first line, which is not there");
  }

  private static Optional<String> interpreter(Path program) {
    try (var in = Files.newInputStream(program)) {
      var start = new String(in.readNBytes(LONGEST_FIRST_LINE), StandardCharsets.ISO_8859_1);
      return start.startsWith("#!")
          ? start.substring(2).lines().findFirst().map(line -> line.strip().split("[ \t]", 2)[0])
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty(); // an executable need not be readable
    }
  }
}
