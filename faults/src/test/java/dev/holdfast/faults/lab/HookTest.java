package dev.holdfast.faults.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.faults.record.Observation;
import dev.holdfast.faults.record.Observation.HookBegun;
import dev.holdfast.faults.record.Observation.HookEnded;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookTest {
  @TempDir Path directory;

  @Test
  @DisplayName("The hook notes its begin and its end by the clock of everybody else")
  void oneClock() throws Exception {
    var hook = directory.resolve("hook.py");
    try (var source = HookTest.class.getResourceAsStream("hook.py")) {
      Files.copy(source, hook);
    }
    var notes = directory.resolve("notes");
    var before = System.nanoTime();
    Command.run(
        "env",
        "HOLDFAST_EPOCH=7",
        "HOLDFAST_BACKEND=a",
        "/usr/bin/python3",
        hook.toString(),
        notes.toString());
    var after = System.nanoTime();

    var seen = Files.readAllLines(notes).stream().map(Observation::parse).toList();
    assertThat(seen).hasSize(2);
    assertThat(seen)
        .extracting(Observation::at)
        .isSorted()
        .allMatch(at -> at > before && at < after);
    assertThat(seen.getFirst())
        .isInstanceOfSatisfying(HookBegun.class, begun -> assertThat(begun.epoch()).isEqualTo(7));
    assertThat(seen.getLast())
        .isInstanceOfSatisfying(
            HookEnded.class, ended -> assertThat(ended.backend()).isEqualTo("a"));
  }
}
