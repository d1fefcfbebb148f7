package dev.holdfast.dataplane.agreement.raft;

import static dev.holdfast.dataplane.agreement.raft.Cluster.member;
import static dev.holdfast.dataplane.agreement.raft.Cluster.members;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.dataplane.agreement.MemberId;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MemberChangeTest {
  private static final MemberId SELF = member("a");

  @Test
  @DisplayName("members come and go one at a time, and first they come")
  void oneAtATime() {
    assertThat(MemberChange.next(members("a", "b"), members("a", "c", "d"), SELF))
        .contains(members("a", "b", "c"));
    assertThat(MemberChange.next(members("a", "b", "c", "d"), members("a", "c", "d"), SELF))
        .contains(members("a", "c", "d"));
    assertThat(MemberChange.next(members("a", "b"), members("a", "b"), SELF)).isEmpty();
  }

  @Test
  @DisplayName("a peer with another disk takes its own place in one step")
  void otherDisk() {
    var anew = new MemberId("b", 2);
    assertThat(MemberChange.next(members("a", "b", "c"), Set.of(SELF, anew, member("c")), SELF))
        .contains(Set.of(SELF, anew, member("c")));
  }

  @Test
  @DisplayName("the one who asks leaves last")
  void selfLast() {
    assertThat(MemberChange.next(members("a", "b", "c"), members("c"), SELF))
        .contains(members("a", "c"));
    assertThat(MemberChange.next(members("a", "c"), members("c"), SELF)).contains(members("c"));
  }

  @Test
  @DisplayName("a member's name is read as it was written")
  void names() {
    for (var member :
        Set.of(SELF, new MemberId("x~y-0", -1), new MemberId("träge", Long.MIN_VALUE))) {
      assertThat(MemberNames.parse(member.toString())).isEqualTo(member);
    }
    for (var name : Set.of("", "a", "~1", "a~", "a~x")) {
      assertThatThrownBy(() -> MemberNames.parse(name))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
