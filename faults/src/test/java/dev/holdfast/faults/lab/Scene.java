package dev.holdfast.faults.lab;

import dev.holdfast.faults.record.Observation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What the replicas of a lab run, and who uses it. */
interface Scene {

  /** Hosts beside those of members and backends, where no trouble comes. */
  default List<String> guests() {
    return List.of();
  }

  /** Of the resource {@code default/pg}; may put more files beside it. */
  String manifest(Setting setting) throws IOException;

  /** Part of the name in each replica's certificate: what kind the resource is of. */
  String kind();

  List<Program> clients(Setting setting);

  /** What was written to files meanwhile. */
  default List<Observation> notes(Path directory) throws IOException {
    return List.of();
  }

  /**
   * A program of these tests, which prints observations.
   *
   * @param host where it runs
   */
  record Program(String host, Class<?> main, List<String> args) {}
}
