package dev.holdfast.dataplane.agreement.vote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.Candidate.Wish;
import dev.holdfast.health.Health;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ElectionTest {
  private static final Candidate ONE = new Candidate("one", "10.0.0.1", 5432, Wish.Active, true);
  private static final Candidate TWO = new Candidate("two", "10.0.0.2", 5432, Wish.Active, true);
  private static final Tally USABLE = new Tally(3, 2, 0);
  private static final Tally LOST = new Tally(3, 1, 2);
  private static final Tally TIE = new Tally(3, 1, 1);

  @Test
  @DisplayName("A majority of the voters loses a primary; a tie keeps it")
  void lost() {
    assertThat(LOST.lost()).isTrue();
    assertThat(TIE.lost()).isFalse();
    assertThat(TIE.usable()).isFalse();
  }

  @Test
  @DisplayName("Voters who are no majority of the members decide nothing")
  void quorum() {
    assertThat(new Tally(5, 0, 2).lost()).isFalse();
    assertThat(new Tally(5, 2, 0).usable()).isFalse();
    assertThat(new Tally(4, 0, 2).lost()).isFalse();
    assertThat(new Tally(5, 0, 3).lost()).isTrue();
  }

  @Test
  @DisplayName("Old verdicts, verdicts of strangers and Unknown are no votes")
  void voters() {
    var a = new MemberId("a", 0);
    var b = new MemberId("b", 0);
    var c = new MemberId("c", 0);
    var stranger = new MemberId("x", 0);
    var ballots =
        Ballots.none()
            .with(ballot(a, 1, 0, Health.Unhealthy))
            .with(ballot(b, 1, 500, Health.Unknown))
            .with(ballot(c, 1, 500, Health.Unhealthy))
            .with(ballot(stranger, 1, 500, Health.Unhealthy));
    var members = Set.of(a, b, c);
    var maxAge = Duration.ofNanos(1_000);
    assertThat(ballots.on("one", members, new Moment(999), maxAge)).isEqualTo(new Tally(3, 0, 2));
    assertThat(ballots.on("one", members, new Moment(1_000), maxAge)).isEqualTo(new Tally(3, 0, 1));
  }

  private static Ballot ballot(MemberId voter, long serial, long at, Health one) {
    return new Ballot(new Incarnation(voter, 7), serial, new Moment(at), Map.of("one", one));
  }

  @Test
  @DisplayName(
      "A ballot that was cast before the known one changes nothing, however long it was sent")
  void reordered() {
    var a = new MemberId("a", 0);
    var newer = Ballots.none().with(ballot(a, 2, 9, Health.Healthy));
    assertThat(newer.with(ballot(a, 1, 10, Health.Unhealthy))).isEqualTo(newer);
  }

  @Test
  @DisplayName("A ballot that was cast later counts, although the one before was longer on its way")
  void delayed() {
    var a = new MemberId("a", 0);
    var later = ballot(a, 2, 8, Health.Unhealthy);
    assertThat(Ballots.none().with(ballot(a, 1, 9, Health.Healthy)).with(later).cast())
        .containsEntry(a, later);
  }

  @Test
  @DisplayName("A member's next process counts its ballots from the start")
  void nextProcess() {
    var a = new MemberId("a", 0);
    var next = new Ballot(new Incarnation(a, 3), 1, new Moment(8), Map.of());
    assertThat(Ballots.none().with(ballot(a, 40, 9, Health.Healthy)).with(next).cast())
        .containsEntry(a, next);
  }

  @Test
  @DisplayName("The first usable candidate is chosen; Disabled and discarded ones are passed over")
  void order() {
    var disabled = new Candidate("zero", "10.0.0.9", 5432, Wish.Disabled, true);
    var list = List.of(disabled, ONE, TWO);
    assertThat(Election.choose(list, Set.of(), name -> USABLE, true)).contains(ONE);
    assertThat(Election.choose(list, Set.of("one"), name -> USABLE, true)).contains(TWO);
  }

  @Test
  @DisplayName("Votes on a better candidate are waited for, but not for ever; lost ones are not")
  void patience() {
    var list = List.of(ONE, TWO);
    assertThat(Election.choose(list, Set.of(), name -> vote(name, TIE), true)).isEmpty();
    assertThat(Election.choose(list, Set.of(), name -> vote(name, TIE), false))
        .isEqualTo(Optional.of(TWO));
    assertThat(Election.choose(list, Set.of(), name -> vote(name, LOST), true)).contains(TWO);
  }

  private static Tally vote(String name, Tally onTheFirst) {
    return name.equals("one") ? onTheFirst : USABLE;
  }
}
