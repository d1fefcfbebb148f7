package dev.holdfast.floatingip.fake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.floatingip.Seeds;
import dev.holdfast.floatingip.hetzner.ApiSettings;
import dev.holdfast.floatingip.hetzner.ApiToken;
import dev.holdfast.floatingip.hetzner.HetznerClient;
import dev.holdfast.floatingip.hetzner.VirtualPacer;
import dev.holdfast.floatingip.hetzner.apply.Assigner;
import dev.holdfast.floatingip.hetzner.assign.AssignmentPolicy;
import dev.holdfast.floatingip.hetzner.assign.Move;
import dev.holdfast.floatingip.hetzner.assign.Outcome;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One move, in virtual time, while anything may go wrong with any call. IP 1 is at server 41. */
class MoveSimulationTest {
  private static final String TOKEN = "writer-token";
  private static final AssignmentPolicy POLICY = AssignmentPolicy.defaults();
  private static final Move MOVE = new Move(1, 41L, 42);

  /** The last call may begin at the deadline, and repeats itself for a while. */
  private static final Duration LAST_CALLS = Duration.ofSeconds(25);

  private static final int MOST_CALLS = 150;
  private static final List<Fault> FAULTS =
      CloudFaults.and(new Fault.ActionFails("locked", "no"), new Fault.ActionNeverEnds());

  @Test
  @DisplayName("A move ends in time, tells the truth, and moves nothing that need not move")
  void anythingMayFail() {
    Seeds.each(2000, MoveSimulationTest::history);
  }

  private static void history(long seed) {
    var random = new Random(seed);
    var pacer = new VirtualPacer();
    var cloud = cloud(pacer, random);
    var transport = new VirtualTransport(cloud, pacer, request -> assertNeeded(cloud, request));
    var settings = ApiSettings.of(URI.create("http://fake/v1"), new ApiToken(TOKEN));
    var client = new HetznerClient(settings, transport, pacer, random);
    var assigner = new Assigner(client, pacer, (_, _) -> cloud.reachable("demo", 1), POLICY);
    var began = pacer.now();

    var outcome = run(assigner);

    assertThat(Duration.between(began, pacer.now()))
        .isLessThan(POLICY.timeout().plus(POLICY.verifyTimeout()).plus(LAST_CALLS));
    assertThat(cloud.journal()).hasSizeLessThan(MOST_CALLS);
    assertTrue(cloud, outcome);
  }

  private static Outcome run(Assigner assigner) {
    try {
      return assigner.run(MOVE, () -> true);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts", e);
    }
  }

  private static FakeCloud cloud(VirtualPacer pacer, Random random) {
    var seed =
        Seed.sample(
            new ProjectToken("w", TOKEN, ProjectToken.Scope.ReadWrite), FakeSettings.defaults());
    var cloud = new FakeCloud(seed, pacer::now);
    for (int i = random.nextInt(8); i > 0; i--) {
      var write = random.nextBoolean();
      cloud.addFault(
          new FaultRule(
              write ? "POST" : "GET",
              write
                  ? "/floating_ips/*/actions/assign"
                  : List.of("/floating_ips/*", "/actions", "/floating_ips/*/actions")
                      .get(random.nextInt(3)),
              1 + random.nextInt(4),
              0.2 + 0.8 * random.nextDouble(),
              FAULTS.get(random.nextInt(FAULTS.size()))));
    }
    return cloud;
  }

  /** Never a write for an IP that is where it shall be, and never an unassignment. */
  private static void assertNeeded(FakeCloud cloud, ApiRequest request) {
    if (request.write()) {
      assertThat(request.path()).endsWith("/actions/assign");
      assertThat(cloud.floatingIp("demo", 1).server()).as("before a write").isEqualTo(41);
    }
  }

  private static void assertTrue(FakeCloud cloud, Outcome outcome) {
    var moved = Objects.equals(cloud.floatingIp("demo", 1).server(), MOVE.to());
    switch (outcome) {
      case Outcome.Moved(var verified) -> {
        assertThat(moved).isTrue();
        assertThat(verified).isTrue();
        assertThat(cloud.reachable("demo", 1)).isTrue();
      }
      case Outcome.Failed(_, var mayHave) -> {
        assertThat(moved && !mayHave).as("moved, and it says that nothing was written").isFalse();
      }
      case Outcome.AlreadyThere _, Outcome.Silent _, Outcome.ForeignWriter _, Outcome.Stopped _ ->
          assertThat(outcome).as("what needs somebody else, or a lost permit").isNull();
    }
  }
}
