package dev.holdfast.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.faults.record.Link;
import dev.holdfast.faults.record.Observation;
import dev.holdfast.faults.record.Observation.Changed;
import dev.holdfast.faults.record.World;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CheckerTest {
  private static final Duration WITHIN = Duration.ofNanos(1000);

  /** Epoch 1 of a, from 10 to 20; epoch 2 of b, from 30. */
  private static final String TWO_EPOCHS =
      """
      begun 5 1 a r1
      ended 10 1 a r1
      begun 20 2 b r2
      ended 30 2 b r2
      """;

  private static List<String> promises(String... texts) {
    return found(List.of(observations(texts)));
  }

  private static List<String> found(List<List<Observation>> parts) {
    var observations = parts.stream().flatMap(List::stream).toList();
    return Checker.check(observations, WITHIN).stream().map(Violation::promise).toList();
  }

  private static List<Observation> observations(String... texts) {
    return Stream.of(texts).flatMap(String::lines).map(Observation::parse).toList();
  }

  @Test
  @DisplayName("Clients of each epoch within its time break no promise")
  void kept() {
    assertThat(
            promises(
                TWO_EPOCHS,
                """
                opened 1 c1 m1
                sent 11 c1 1
                accepted 11 c1 a
                received 12 c1 1 a
                answered 13 c1 1 a
                opened 31 c2 m1
                sent 32 c2 1
                accepted 32 c2 b
                received 33 c2 1 b
                told 33 m1 2 b
                answered 34 c2 1 b
                """))
        .isEmpty();
  }

  @Test
  @DisplayName("What was sent in time and comes late was in the kernel's buffers")
  void kernel() {
    assertThat(
            promises(
                TWO_EPOCHS,
                """
                opened 10 c1 m1
                accepted 11 c1 a
                sent 18 c1 1
                sent 19 c1 2
                received 40 c1 1 a
                received 41 c1 2 a
                """))
        .isEmpty();
  }

  @Test
  @DisplayName(
      "Lines sent late that could pass at one instant are the transfer under way at a stop")
  void oneTransfer() {
    assertThat(
            promises(
                TWO_EPOCHS,
                """
                opened 10 c1 m1
                accepted 11 c1 a
                sent 21 c1 1
                sent 22 c1 2
                received 40 c1 1 a
                received 41 c1 2 a
                """))
        .isEmpty();
  }

  @Test
  @DisplayName("A line sent late after another one arrived is one transfer too many")
  void twoTransfers() {
    assertThat(
            promises(
                TWO_EPOCHS,
                """
                opened 10 c1 m1
                accepted 11 c1 a
                sent 21 c1 1
                received 40 c1 1 a
                sent 41 c1 2
                received 42 c1 2 a
                """))
        .containsExactly("one backend");
  }

  @Test
  @DisplayName("A late line is not answered")
  void lateAnswer() {
    assertThat(
            promises(
                TWO_EPOCHS,
                """
                opened 10 c1 m1
                accepted 11 c1 a
                sent 21 c1 1
                received 40 c1 1 a
                answered 41 c1 1 a
                """))
        .containsExactly("one backend");
  }

  @Test
  @DisplayName("A connection of an older epoch of the same backend is found, too")
  void sameBackendAgain() {
    assertThat(
            promises(
                TWO_EPOCHS,
                """
                begun 50 3 a r3
                ended 60 3 a r3
                opened 10 c1 m1
                accepted 11 c1 a
                sent 70 c1 1
                received 71 c1 1 a
                answered 72 c1 1 a
                """))
        .containsExactly("one backend");
  }

  @Test
  @DisplayName("A client that comes before the hooks of its epoch have ended is found")
  void beforeHooks() {
    assertThat(
            promises(
                TWO_EPOCHS,
                """
                opened 21 c1 m1
                sent 22 c1 1
                accepted 23 c1 b
                received 24 c1 1 b
                """))
        .containsExactly("hooks first");
  }

  @Test
  @DisplayName("Hooks that run again when clients are there, or two at a time, are found")
  void hooksAgain() {
    assertThat(
            promises(
                TWO_EPOCHS,
                """
                opened 31 c1 m1
                sent 32 c1 1
                accepted 33 c1 b
                received 34 c1 1 b
                begun 40 2 b r3
                ended 45 2 b r3
                begun 50 3 a r4
                begun 52 3 a r5
                ended 55 3 a r4
                ended 56 3 a r5
                """))
        .containsExactly("hooks first", "hooks first");
  }

  @Test
  @DisplayName("Hooks taken over by another runner in the same epoch break no promise")
  void hooksTakenOver() {
    assertThat(promises("begun 5 1 a r1", "begun 8 1 a r2", "ended 10 1 a r2")).isEmpty();
  }

  @Test
  @DisplayName("An epoch that comes after a newer one, or has two primaries, is found")
  void epochs() {
    assertThat(promises(TWO_EPOCHS, "begun 40 1 a r3")).containsExactly("epochs only grow");
    assertThat(promises(TWO_EPOCHS, "begun 40 2 a r3")).containsExactly("epochs only grow");
    assertThat(promises("told 40 m1 2 a", "told 41 m1 1 a")).containsExactly("epochs only grow");
    assertThat(promises("told 40 m1 2 a", "told 41 m2 2 b")).containsExactly("epochs only grow");
    assertThat(promises("told 40 m1 2 a", "started 41 m1", "told 42 m1 1 a")).isEmpty();
  }

  @Test
  @DisplayName("A majority that serves nobody until the deadline is found")
  void progress() {
    var calm = World.calm(List.of("m1", "m2", "m3"), List.of("a"));
    var served = observations(TWO_EPOCHS, answered("c1", "m1", 12), answered("c2", "m2", 12));
    var last = observations("told 5000 m1 1 a");

    assertThat(found(List.of(changed(calm), served, last))).containsExactly("progress");
    assertThat(found(List.of(changed(calm.withDown(List.of("m3"))), served, last))).isEmpty();
    assertThat(found(List.of(changed(calm.withDown(List.of("m2", "m3"))), last))).isEmpty();
    assertThat(found(List.of(changed(calm.withDown(List.of("m3"))), last)))
        .containsExactly("progress");
  }

  @Test
  @DisplayName("A majority needs both ways of a link, and a backend that all of it reaches")
  void servable() {
    var calm = World.calm(List.of("m1", "m2", "m3"), List.of("a", "b"));
    var oneWay = calm.withCut(Set.of(new Link("m1", "m2")));
    assertThat(oneWay.servable()).isTrue();
    assertThat(oneWay.withCut(Set.of(new Link("m3", "m2"))).servable()).isTrue();
    assertThat(oneWay.withDown(List.of("m3")).servable()).isFalse();
    assertThat(calm.withDown(List.of("a")).withCut(Set.of(new Link("b", "m1"))).servable())
        .isTrue();
    assertThat(calm.withDown(List.of("a", "b")).servable()).isFalse();
    assertThat(calm.withHampered(List.of("m1")).servable()).isFalse();
  }

  @Test
  @DisplayName("An observation is read as it was written")
  void lines() {
    var texts = TWO_EPOCHS + answered("c1", "m1", 12) + "told 33 m1 2 b\nstarted 41 m1\n";
    assertThat(observations(texts)).extracting(Observation::text).isEqualTo(texts.lines().toList());
  }

  private static String answered(String connection, String replica, long at) {
    return """
    opened %3$d %1$s %2$s
    sent %3$d %1$s 1
    accepted %3$d %1$s a
    received %3$d %1$s 1 a
    answered %3$d %1$s 1 a
    """
        .formatted(connection, replica, at);
  }

  private static List<Observation> changed(World world) {
    return List.of(new Changed(1, world));
  }
}
