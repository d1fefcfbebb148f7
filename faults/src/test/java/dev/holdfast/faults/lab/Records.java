package dev.holdfast.faults.lab;

import dev.holdfast.faults.record.Observation;
import dev.holdfast.faults.record.Observation.Answered;
import dev.holdfast.faults.record.Observation.Changed;
import dev.holdfast.faults.record.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** All that was observed so far, and what the test did, in words. Any thread. */
final class Records {
  private final long beganAt = System.nanoTime();
  private final Queue<Observation> observations = new ConcurrentLinkedQueue<>();
  private final Map<String, Answered> newest = new ConcurrentHashMap<>();
  private final Queue<String> history = new ConcurrentLinkedQueue<>();

  void add(Observation observation) {
    observations.add(observation);
    if (observation instanceof Answered answer) {
      var connection = answer.connection();
      newest.put(connection.substring(0, connection.indexOf('.')), answer);
    }
  }

  /** Which a client of this replica has; null before the first one. */
  Answered newest(String replica) {
    return newest.get(replica);
  }

  void changed(World world) {
    var at = System.nanoTime();
    add(new Changed(at, world));
    tell("world: " + world);
  }

  void tell(String what) {
    var at = System.nanoTime();
    var seconds = Duration.ofNanos(at - beganAt).toMillis() / 1000.0;
    history.add("%8.3f s  %d  %s".formatted(seconds, at, what));
  }

  List<Observation> observations() {
    return List.copyOf(observations);
  }

  List<String> history() {
    return List.copyOf(history);
  }

  void write(Path directory) throws IOException {
    Files.write(directory.resolve("history.txt"), history());
    var lines = new ArrayList<String>();
    observations().forEach(observation -> lines.add(observation.text()));
    Files.write(directory.resolve("records.txt"), lines);
  }
}
