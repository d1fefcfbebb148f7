package dev.holdfast.faults.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.faults.check.Checker;
import dev.holdfast.faults.check.Violation;
import dev.holdfast.faults.plan.Episode;
import dev.holdfast.faults.plan.Trouble;
import dev.holdfast.faults.record.Link;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The same faults with the program as it is, and with a bug in it: one replica, together with the
 * primary, is cut off from the others, which choose another primary.
 */
class PlantedBugsIT {
  private static final Duration DEADLINE = Duration.ofSeconds(240);
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** So long that the others find out about the primary well within it, on a slow machine, too. */
  private static final Duration LONG_LEASE = Duration.ofSeconds(30);

  private static final Duration SHORT_LEASE = Duration.ofSeconds(3);

  /** For how long it is waited for what must not happen. */
  private static final Duration WATCHED = Duration.ofSeconds(8);

  @Test
  @DisplayName("Who is stopped for longer than its lease serves nobody when it goes on")
  void stopped() throws Exception {
    var settings = LabSettings.of(3, new FailoverScene(SHORT_LEASE, PAUSE));
    assertThat(stopAndContinue(settings)).isEmpty();
  }

  @Test
  @DisplayName("The checker finds it when leases are switched off")
  void leasesSwitchedOff() throws Exception {
    var settings = LabSettings.of(3, new FailoverScene(SHORT_LEASE, PAUSE));
    assertThat(stopAndContinue(patched(settings, PlantedBug.LEASES_SWITCHED_OFF)))
        .extracting(Violation::promise)
        .contains("one backend")
        .containsOnly("one backend");
  }

  @Test
  @DisplayName("Who is cut off has cut its clients when the others serve")
  void cutOff() throws Exception {
    assertThat(cutOff(LabSettings.of(3, new FailoverScene(LONG_LEASE, PAUSE)))).isEmpty();
  }

  @Test
  @DisplayName("The checker finds it when the successor does not wait for the old lease's end")
  void noWait() throws Exception {
    var settings = LabSettings.of(3, new FailoverScene(LONG_LEASE, PAUSE));
    assertThat(cutOff(patched(settings, PlantedBug.NO_WAIT_BY_THE_SUCCESSOR)))
        .extracting(Violation::promise)
        .contains("one backend")
        .containsOnly("one backend");
  }

  private static LabSettings patched(LabSettings settings, PlantedBug bug) throws IOException {
    return settings.patched(bug.compile(settings.output()));
  }

  private static List<Violation> stopAndContinue(LabSettings settings) throws Exception {
    try (var lab = started(settings)) {
      var victim = follower(lab);
      var cut = split(lab, victim);
      new Injector(lab).inject(with(cut, new Trouble.Stop(Set.of(victim))));
      awaitOthers(lab, victim);
      lab.host(victim).signal("CONT");
      Thread.sleep(WATCHED);
      return violations(lab);
    }
  }

  private static List<Violation> cutOff(LabSettings settings) throws Exception {
    try (var lab = started(settings)) {
      var victim = follower(lab);
      new Injector(lab).inject(with(split(lab, victim)));
      awaitOthers(lab, victim);
      Thread.sleep(WATCHED);
      return violations(lab);
    }
  }

  private static Lab started(LabSettings settings) throws IOException {
    var lab = new Lab(settings);
    lab.start();
    await("clients of all reach the first backend")
        .atMost(DEADLINE)
        .until(() ->
            lab.members().stream().allMatch(member -> lab.records().newest(member) != null)
                && lab.members().stream().anyMatch(lab::leads));
    return lab;
  }

  private static String follower(Lab lab) {
    return lab.members().stream().filter(member -> !lab.leads(member)).findFirst().orElseThrow();
  }

  /** It keeps the primary, the first backend; the others keep the others. */
  private static Trouble split(Lab lab, String victim) {
    var within = Set.of(victim, lab.backends().getFirst());
    var links = new HashSet<Link>();
    Stream.concat(lab.members().stream(), lab.backends().stream())
        .filter(host -> !within.contains(host))
        .forEach(other ->
            within.forEach(one -> {
              links.add(new Link(one, other));
              links.add(new Link(other, one));
            }));
    return new Trouble.Cut(links);
  }

  private static Episode with(Trouble... troubles) {
    return new Episode(List.of(troubles), Duration.ZERO, Duration.ZERO);
  }

  private static void awaitOthers(Lab lab, String victim) {
    var primary = lab.backends().getFirst();
    var others = lab.members().stream().filter(member -> !member.equals(victim)).toList();
    await("the others serve")
        .atMost(DEADLINE)
        .until(() ->
            others.stream()
                .noneMatch(member -> lab.records().newest(member).backend().equals(primary)));
  }

  private static List<Violation> violations(Lab lab) throws IOException {
    return Checker.check(lab.end(), DEADLINE);
  }
}
