package dev.holdfast.faults.lab;

import dev.holdfast.cli.Holdfast;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * @param lease of the replicas
 * @param pause between two lines of a client
 * @param output where a lab makes its directory
 * @param patch classes that take the place of the program's own; empty for the program as it is
 */
record LabSettings(
    List<String> members,
    List<String> backends,
    Duration lease,
    Duration pause,
    Path output,
    List<Path> patch) {

  static LabSettings of(int members, Duration lease, Duration pause) {
    return new LabSettings(
        IntStream.rangeClosed(1, members).mapToObj(number -> "m" + number).toList(),
        List.of("a", "b", "c"),
        lease,
        pause,
        Path.of(System.getProperty("holdfast.faults.output", "target/faults")).toAbsolutePath(),
        List.of());
  }

  LabSettings patched(Path classes) {
    return new LabSettings(members, backends, lease, pause, output, List.of(classes));
  }

  List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow");
  }

  /** The command line of the replicas' program, up to its arguments. */
  List<String> program() {
    var command = new ArrayList<>(java());
    var own = System.getProperty("java.class.path");
    var classes = patch.isEmpty() ? own : patch.getFirst() + ":" + own;
    command.addAll(List.of("-cp", classes, Holdfast.class.getName()));
    return command;
  }
}
