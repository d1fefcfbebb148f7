package dev.holdfast.dataplane.agreement.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.agreement.MemberId;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MemberPlanTest {
  private static final Set<String> THREE = Set.of("p0", "p1", "p2");
  private static final Set<String> FIVE = Set.of("p0", "p1", "p2", "p3", "p4");

  /** Such as {@code 0 1a}: p0 on its first disk, p1 on another. */
  private static Set<MemberId> members(String text) {
    return Arrays.stream(text.split(" ")).map(MemberPlanTest::member).collect(Collectors.toSet());
  }

  private static MemberId member(String text) {
    return new MemberId("p" + text.charAt(0), text.length() == 1 ? 0 : text.charAt(1));
  }

  private static Optional<Set<MemberId>> next(String members, Set<String> configured, String here) {
    return MemberPlan.next(members(members), configured, members(here), member(here.split(" ")[0]));
  }

  @Test
  @DisplayName("Nothing changes while all is as it should be, or somebody is only away")
  void still() {
    assertThat(next("0 1 2", THREE, "0 1 2")).isEmpty();
    assertThat(next("0 1 2", THREE, "0 1")).isEmpty();
  }

  @Test
  @DisplayName("A new disk takes the old one's place in one change")
  void newDisk() {
    assertThat(next("0 1 2", THREE, "0 1 2a")).contains(members("0 1 2a"));
  }

  @Test
  @DisplayName("From three to five and back, one at a time, the leader last")
  void scaling() {
    assertThat(next("0 1 2", FIVE, "0 1 2 3 4")).contains(members("0 1 2 3"));
    assertThat(next("0 1 2 3", FIVE, "0 1 2 3 4")).contains(members("0 1 2 3 4"));
    assertThat(next("0 1 2 3 4", THREE, "3 0 1 2 4")).contains(members("0 1 2 3"));
    assertThat(next("0 1 2 3", THREE, "3 0 1 2")).contains(members("0 1 2"));
  }

  @Test
  @DisplayName("Nobody is removed while a majority of the rest is not there; the absent go first")
  void removal() {
    assertThat(next("0 1 2 3 4", THREE, "0 2 3")).contains(members("0 1 2 3"));
    assertThat(next("0 1 2 3", THREE, "0 3")).isEmpty();
    assertThat(next("0 1 3", THREE, "0 1 3")).isEmpty();
  }

  @Test
  @DisplayName("Who is not configured is not added, a lost disk comes before a new peer")
  void order() {
    assertThat(next("0 1 2", THREE, "0 1 2 3")).isEmpty();
    assertThat(next("0 1 2", FIVE, "0 1 2a 3 4")).contains(members("0 1 2a"));
  }
}
