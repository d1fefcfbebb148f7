package dev.holdfast.faults.lab;

import dev.holdfast.cli.Holdfast;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What runs where.
 *
 * @param output where a lab makes its directory
 * @param patch classes that take the place of the program's own; empty for the program as it is
 */
record LabSettings(
    List<String> members, List<String> backends, Scene scene, Path output, List<Path> patch) {
  static final List<String> JAVA =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  static LabSettings of(int members, Scene scene) {
    return new LabSettings(
        IntStream.rangeClosed(1, members).mapToObj(number -> "m" + number).toList(),
        List.of("a", "b", "c"),
        scene,
        Path.of(System.getProperty("holdfast.faults.output", "target/faults")).toAbsolutePath(),
        List.of());
  }

  LabSettings patched(Path classes) {
    return new LabSettings(members, backends, scene, output, List.of(classes));
  }

  /** The command line of the replicas' program, up to its arguments. */
  List<String> program() throws IOException {
    var target = Path.of(System.getProperty("holdfast.sources"), "cli", "target");
    var command = new ArrayList<>(JAVA);
    var cache = target.resolve("holdfast.aot");
    if (patch.isEmpty() && Files.exists(cache)) {
      command.add("-XX:AOTCache=" + cache);
    }
    command.addAll(List.of("-cp", classPath(target.resolve("lib")), Holdfast.class.getName()));
    return command;
  }

  /** In the order in which the tests of {@code cli} made the cache. */
  private String classPath(Path lib) throws IOException {
    try (var jars = Files.list(lib)) {
      return Stream.concat(patch.stream(), jars.sorted())
          .map(Path::toString)
          .collect(Collectors.joining(":"));
    }
  }
}
