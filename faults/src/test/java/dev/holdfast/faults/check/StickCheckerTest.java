package dev.holdfast.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.faults.check.StickChecker.Keys;
import dev.holdfast.faults.record.Observation;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StickCheckerTest {
  private static final Duration WITHIN = Duration.ofNanos(1000);

  private static List<String> promises(Keys keys, String... texts) {
    var observations = Stream.of(texts).flatMap(String::lines).map(Observation::parse).toList();
    return StickChecker.check(observations, keys, WITHIN).stream().map(Violation::promise).toList();
  }

  /** Opened at this time, with a line at each tenth of it, each on its way for two. */
  private static String connection(String name, String group, int opened, int lines) {
    var text = new StringBuilder("opened %d %s m1%n".formatted(opened, name));
    text.append("accepted %d %s %s%n".formatted(opened + 2, name, group));
    for (var line = 1; line <= lines; line++) {
      var at = opened + 10 * line;
      text.append("sent %d %s %d%n".formatted(at, name, line));
      text.append("received %d %s %d %s%n".formatted(at + 2, name, line, group));
      text.append("answered %d %s %d %s%n".formatted(at + 4, name, line, group));
    }
    return text.toString();
  }

  @Test
  @DisplayName("Connections of a key to one group, and later ones to another, break no promise")
  void kept() {
    assertThat(
            promises(
                Keys.Expire,
                connection("m1.7.1", "a", 10, 5),
                connection("m2.7.2", "a", 15, 3),
                connection("m2.8.3", "b", 15, 3),
                connection("m2.7.4", "b", 80, 3)))
        .isEmpty();
  }

  @Test
  @DisplayName("A key in two groups at a time is found")
  void twoGroups() {
    assertThat(
            promises(
                Keys.Expire, connection("m1.7.1", "a", 10, 5), connection("m2.7.2", "b", 25, 5)))
        .containsExactly("one group");
  }

  @Test
  @DisplayName("One transfer may slip on a connection whose replica was stopped, a second may not")
  void slipped() {
    var after = connection("m2.7.2", "b", 25, 5);
    var before =
        """
        opened 10 m1.7.1 m1
        accepted 12 m1.7.1 a
        sent 20 m1.7.1 1
        received 40 m1.7.1 1 a
        """;
    assertThat(promises(Keys.Expire, before, after)).isEmpty();
    assertThat(promises(Keys.Expire, before, "answered 60 m1.7.1 1 a", after)).isEmpty();
    var more =
        """
        sent 51 m1.7.1 2
        received 52 m1.7.1 2 a
        sent 55 m1.7.1 3
        received 56 m1.7.1 3 a
        """;
    assertThat(promises(Keys.Expire, before, more, after)).containsExactly("one group");
  }

  @Test
  @DisplayName("One connection with two groups is found")
  void mixed() {
    assertThat(
            promises(
                Keys.Expire,
                connection("m1.7.1", "a", 10, 1),
                """
                sent 30 m1.7.1 2
                received 31 m1.7.1 2 b
                """))
        .containsExactly("one group");
  }

  @Test
  @DisplayName("A key that comes back to another group is found, where keys are to stay")
  void lost() {
    var texts = new String[] {connection("m1.7.1", "a", 10, 1), connection("m2.7.2", "b", 80, 1)};
    assertThat(promises(Keys.Expire, texts)).isEmpty();
    assertThat(promises(Keys.Stay, texts)).containsExactly("kept keys");
  }
}
