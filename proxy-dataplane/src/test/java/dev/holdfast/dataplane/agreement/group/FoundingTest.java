package dev.holdfast.dataplane.agreement.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.agreement.MemberId;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FoundingTest {
  private static final MemberId A = new MemberId("a", 1);
  private static final MemberId B = new MemberId("b", 1);
  private static final MemberId C = new MemberId("c", 1);
  private static final MemberId NEW_A = new MemberId("a", 2);
  private static final UUID ID = new UUID(7, 7);
  private static final GroupConfig CONFIG = new GroupConfig(Set.of("a", "b", "c"), null, null);
  private static final Belonging GROUP = new Belonging(ID, Set.of(A, B, C));

  private static Greeting empty(MemberId self) {
    return new Greeting(self, null, Set.of(), CONFIG.peers(), true);
  }

  private static Greeting in(MemberId self, MemberId... members) {
    return new Greeting(self, GROUP, Set.of(members), CONFIG.peers(), true);
  }

  private static Founding.Turn round(Founding before, Greeting one, Greeting other) {
    var begun = before.nextRound();
    var first = begun.heard(begun.round(), one);
    assertThat(first.finding()).isEqualTo(new Finding.Waiting());
    return first.state().heard(begun.round(), other);
  }

  @Test
  @DisplayName("The lowest founds after two rounds in which all others have no group")
  void twoRounds() {
    var once = round(Founding.begin(A, CONFIG), empty(B), empty(C));
    assertThat(once.finding()).isEqualTo(new Finding.AskAgain(true, "nobody has one, making sure"));
    var twice = round(once.state(), empty(C), empty(B));
    assertThat(twice.finding()).isEqualTo(new Finding.Found(Set.of(A, B, C)));
  }

  @Test
  @DisplayName("A disk that changed between the rounds begins them anew")
  void diskChanged() {
    var once = round(Founding.begin(A, CONFIG), empty(B), empty(C));
    var twice = round(once.state(), empty(new MemberId("b", 2)), empty(C));
    assertThat(twice.finding()).isInstanceOf(Finding.AskAgain.class);
  }

  @Test
  @DisplayName("One who does not answer, or has another list, keeps all waiting and is named")
  void notAll() {
    var begun = Founding.begin(A, CONFIG).nextRound();
    var silent = begun.heard(1, empty(B)).state().silent(1, "c");
    assertThat(silent.finding()).isEqualTo(new Finding.AskAgain(false, "no answer from [c]"));
    var other = new Greeting(C, null, Set.of(), Set.of("a", "c"), true);
    assertThat(round(begun, empty(B), other).finding())
        .isEqualTo(new Finding.AskAgain(false, "c has the peers [a, c] configured, not [a, b, c]"));
  }

  @Test
  @DisplayName("Who is not the lowest waits for it")
  void notLowest() {
    var once = round(Founding.begin(B, CONFIG), empty(A), empty(C));
    var twice = round(once.state(), empty(A), empty(C));
    assertThat(twice.finding())
        .isEqualTo(new Finding.AskAgain(false, "waiting for a to found one"));
  }

  @Test
  @DisplayName("A founder enters at once; one on a new disk enters when the group has begun")
  void enter() {
    var founder = Founding.begin(B, CONFIG).nextRound();
    assertThat(founder.heard(1, in(A)).finding()).isEqualTo(new Finding.Enter(GROUP));
    var another = Founding.begin(new MemberId("b", 2), CONFIG).nextRound();
    assertThat(another.heard(1, in(A)).finding()).isEqualTo(new Finding.Waiting());
    assertThat(another.heard(1, in(A, A, B, C)).finding()).isEqualTo(new Finding.Enter(GROUP));
    assertThat(GROUP.initial(B)).isEqualTo(GROUP.founders());
    assertThat(GROUP.initial(new MemberId("b", 2))).isEmpty();
  }

  @Test
  @DisplayName("What was asked before a new disk of a founder was told of no group is discarded")
  void askedMeanwhile() {
    var begun = Founding.begin(B, CONFIG).nextRound().askedBy(empty(NEW_A));
    assertThat(begun.heard(1, in(A)).finding()).isEqualTo(new Finding.Waiting());
    var next = begun.nextRound();
    assertThat(next.heard(2, in(C)).finding()).isEqualTo(new Finding.Enter(GROUP));
  }

  @Test
  @DisplayName("Answers to an earlier round, or after a new list, count for nothing")
  void stale() {
    var second = Founding.begin(B, CONFIG).nextRound().nextRound();
    assertThat(second.heard(1, in(A)).finding()).isEqualTo(new Finding.Waiting());
    var relisted = second.with(new GroupConfig(Set.of("a", "b"), null, null));
    assertThat(relisted.heard(2, in(A)).finding()).isEqualTo(new Finding.Waiting());
  }

  @Test
  @DisplayName(
      "When a group is recorded and nobody has it, nothing is founded until it is given up")
  void dataLost() {
    var recorded = new GroupConfig(CONFIG.peers(), ID, null);
    var lost = new Greeting(B, null, Set.of(), CONFIG.peers(), false);
    var mine = round(Founding.begin(A, recorded), lost, empty(C));
    assertThat(mine.finding()).isEqualTo(new Finding.DataLost(ID));
    var theirs = round(Founding.begin(A, CONFIG), lost, empty(C));
    assertThat(theirs.finding())
        .isEqualTo(new Finding.AskAgain(false, "b has a group recorded, which nobody belongs to"));
    var given =
        round(Founding.begin(A, new GroupConfig(CONFIG.peers(), ID, ID)), empty(B), empty(C));
    assertThat(given.finding()).isInstanceOf(Finding.AskAgain.class);
    assertThat(round(given.state(), empty(B), empty(C)).finding())
        .isEqualTo(new Finding.Found(Set.of(A, B, C)));
  }
}
