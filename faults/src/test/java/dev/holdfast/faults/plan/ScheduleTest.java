package dev.holdfast.faults.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.faults.record.World;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final World WORLD =
      World.calm(List.of("m1", "m2", "m3", "m4", "m5"), List.of("a", "b", "c"));

  private static List<Episode> episodes(long seed) {
    return Stream.generate(new Schedule(seed, WORLD)::next).limit(200).toList();
  }

  @Test
  @DisplayName("A seed always gives the same episodes, another one others")
  void seeded() {
    assertThat(episodes(7)).isEqualTo(episodes(7)).isNotEqualTo(episodes(8));
  }

  @Test
  @DisplayName("All kinds of trouble come, and majorities that have to serve as well as others")
  void kinds() {
    var episodes = episodes(1);
    assertThat(episodes.stream().flatMap(episode -> episode.troubles().stream()))
        .extracting(Trouble::getClass)
        .contains(
            Trouble.Cut.class,
            Trouble.Loss.class,
            Trouble.Kill.class,
            Trouble.Stop.class,
            Trouble.SlowDisk.class,
            Trouble.FullDisk.class);
    assertThat(episodes).extracting(episode -> episode.on(WORLD).servable()).contains(true, false);
    assertThat(episodes).noneMatch(episode -> episode.on(WORLD).calm());
  }
}
