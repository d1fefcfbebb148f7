package dev.holdfast.floatingip.hetzner.apply;

import static dev.holdfast.floatingip.hetzner.RunningFake.PROJECT;
import static dev.holdfast.floatingip.hetzner.RunningFake.READER;
import static dev.holdfast.floatingip.hetzner.RunningFake.WRITER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.floatingip.fake.FakeSettings;
import dev.holdfast.floatingip.fake.FakeSettings.StrictAssign;
import dev.holdfast.floatingip.fake.Fault;
import dev.holdfast.floatingip.fake.FaultRule;
import dev.holdfast.floatingip.fake.JournalEntry;
import dev.holdfast.floatingip.fake.ServerChange;
import dev.holdfast.floatingip.hetzner.RunningFake;
import dev.holdfast.floatingip.hetzner.assign.AssignmentPolicy;
import dev.holdfast.floatingip.hetzner.assign.Move;
import dev.holdfast.floatingip.hetzner.assign.Outcome;
import dev.holdfast.floatingip.hetzner.assign.Outcome.Cause;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over HTTP, with everything that the cloud may do wrong. IP 1 is at server 41. */
@Timeout(60)
class AssignerIT {
  private static final Move TO_42 = new Move(1, 41L, 42);
  private static final String IP = "/floating_ips/1";
  private static final String ASSIGN = "/floating_ips/1/actions/assign";
  private static final String UNASSIGN = "/floating_ips/1/actions/unassign";

  /** A read as it should be: what is injected after it hits the next one. */
  private static final Fault PRESENT = new Fault.StaleRead(0);

  private static final WritePermit ALWAYS = () -> true;

  private RunningFake fake;

  @BeforeEach
  void start() throws IOException {
    fake = new RunningFake(FakeSettings.defaults());
  }

  @AfterEach
  void stop() {
    fake.close();
  }

  @Test
  @DisplayName("L38 a move waits for its action, and is verified through the IP")
  void moves() throws Exception {
    assertThat(run(WRITER)).isEqualTo(new Outcome.Moved(true));
    assertThat(fake.writes()).containsExactly(ASSIGN + " 201");
    assertThat(server()).isEqualTo(42);
    assertThat(run(WRITER)).isEqualTo(new Outcome.AlreadyThere());
    assertThat(fake.writes()).hasSize(1);
  }

  @Test
  @DisplayName("a lock that passes is waited for")
  void locked() throws Exception {
    fault(2, "POST", ASSIGN, new Fault.Answer(423, "locked", null));

    assertThat(run(WRITER)).isEqualTo(new Outcome.Moved(true));
    assertThat(fake.writes()).containsExactly(ASSIGN + " 423", ASSIGN + " 423", ASSIGN + " 201");
  }

  @Test
  @DisplayName("a lock by somebody else's move is waited for, and that move is not undone")
  void lockedByForeigner() throws Exception {
    fake.client(WRITER).assign(1, 43);

    assertThat(run(WRITER)).isEqualTo(new Outcome.ForeignWriter(43L));
    assertThat(fake.writes()).containsExactly(ASSIGN + " 201", ASSIGN + " 423");
    assertThat(server()).isEqualTo(43);
  }

  @Test
  @DisplayName("after a conflict the IP is read again before it is written again")
  void conflict() throws Exception {
    fault(1, "POST", ASSIGN, new Fault.Answer(409, "conflict", null));

    assertThat(run(WRITER)).isEqualTo(new Outcome.Moved(true));
    assertThat(requestsUntilWrite(2)).endsWith("POST " + ASSIGN, "GET " + IP, "POST " + ASSIGN);
  }

  @Test
  @DisplayName("an empty budget delays a move, and does not end it")
  void rateLimit() throws Exception {
    fake.cloud().drainBudget(PROJECT, 0);

    assertThat(run(WRITER)).isEqualTo(new Outcome.Moved(true));
    assertThat(fake.writes()).endsWith(ASSIGN + " 201");
    assertThat(fake.cloud().journal()).anyMatch(entry -> entry.status() == 429);
  }

  @Test
  @DisplayName("a write whose answer is lost is not repeated")
  void answerLost() throws Exception {
    fault(1, "POST", ASSIGN, new Fault.DropAfter());

    assertThat(run(WRITER)).isEqualTo(new Outcome.Moved(true));
    assertThat(fake.writes()).hasSize(1);
  }

  @Test
  @DisplayName("a write whose answer comes too late is not repeated")
  void answerLate() throws Exception {
    fault(1, "POST", ASSIGN, new Fault.Delay(5000));

    assertThat(run(WRITER)).isEqualTo(new Outcome.Moved(true));
    assertThat(fake.writes()).hasSize(1);
  }

  @Test
  @DisplayName("a write whose answer is cut short is not repeated")
  void answerCut() throws Exception {
    fault(1, "POST", ASSIGN, new Fault.TruncatedJson());

    assertThat(run(WRITER)).isEqualTo(new Outcome.Moved(true));
    assertThat(fake.writes()).hasSize(1);
  }

  @Test
  @DisplayName("a write that got lost is repeated after a look")
  void writeLost() throws Exception {
    fault(1, "POST", ASSIGN, new Fault.DropBefore());
    fault(1, "POST", ASSIGN, new Fault.Answer(504, null, null));

    assertThat(run(WRITER)).isEqualTo(new Outcome.Moved(true));
    assertThat(fake.writes()).containsExactly(ASSIGN + " 0", ASSIGN + " 504", ASSIGN + " 201");
    assertThat(requestsUntilWrite(2)).endsWith("GET " + IP, "POST " + ASSIGN);
  }

  @Test
  @DisplayName("a failed action is told with its reason, and leaves the IP where it was")
  void actionFails() throws Exception {
    fault(1, "POST", ASSIGN, new Fault.ActionFails("action_failed", "no route"));

    assertThat(run(WRITER))
        .isEqualTo(new Outcome.Failed(new Cause.ActionFailed("action_failed", "no route"), true));
    assertThat(fake.writes()).hasSize(1);
    assertThat(server()).isEqualTo(41);
  }

  @Test
  @DisplayName("an action that never ends is left at the deadline")
  void actionNeverEnds() throws Exception {
    fault(1, "POST", ASSIGN, new Fault.ActionNeverEnds());

    assertThat(run(WRITER)).isEqualTo(new Outcome.Failed(new Cause.TimedOut(), true));
    assertThat(fake.writes()).hasSize(1);
  }

  @Test
  @DisplayName("an action without effect is noticed")
  void noEffect() throws Exception {
    fault(1, "POST", ASSIGN, new Fault.ActionWithoutEffect());

    assertThat(run(WRITER)).isEqualTo(new Outcome.Failed(new Cause.NoEffect(), true));
  }

  @Test
  @DisplayName("a read that is older than the action does not fool the move")
  void staleRead() throws Exception {
    fault(1, "GET", IP, PRESENT);
    fault(1, "GET", IP, new Fault.StaleRead(1500));

    assertThat(run(WRITER)).isEqualTo(new Outcome.Moved(true));
    assertThat(fake.writes()).hasSize(1);
  }

  @Test
  @DisplayName("an IP that somebody moves before the write is not written")
  void foreignWriterBefore() throws Exception {
    fault(1, "GET", IP, new Fault.ForeignMove(43L));

    assertThat(run(WRITER)).isEqualTo(new Outcome.ForeignWriter(43L));
    assertThat(fake.writes()).isEmpty();
  }

  @Test
  @DisplayName("an IP that somebody moves after the write is not fought for")
  void foreignWriterAfter() throws Exception {
    fault(1, "GET", IP, PRESENT);
    fault(1, "GET", IP, new Fault.ForeignMove(43L));

    assertThat(run(WRITER)).isEqualTo(new Outcome.ForeignWriter(43L));
    assertThat(fake.writes()).hasSize(1);
  }

  @Test
  @DisplayName("a revoked token ends a move at once, with nothing written")
  void revoked() throws Exception {
    fake.cloud().revoke(WRITER);

    assertThat(run(WRITER))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.cause().reason()).isEqualTo("Unauthorized");
              assertThat(failed.written()).isFalse();
            });
    assertThat(fake.cloud().journal()).hasSize(1);
  }

  @Test
  @DisplayName("a read-only token ends a move at its first write")
  void readOnly() throws Exception {
    assertThat(run(READER))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.cause().reason()).isEqualTo("ReadOnlyToken");
              assertThat(failed.written()).isFalse();
            });
    assertThat(fake.writes()).containsExactly(ASSIGN + " 403");
    assertThat(server()).isEqualTo(41);
  }

  @Test
  @DisplayName("an API that is away ends a move in time, with nothing written")
  void away() throws Exception {
    var assigner = assigner(WRITER);
    fake.close();
    var began = fake.pacer().now();

    assertThat(assigner.run(TO_42, ALWAYS))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.cause().reason()).isIn("Unreachable", "NoAnswer");
              assertThat(failed.written()).isFalse();
            });
    assertThat(Duration.between(began, fake.pacer().now())).isLessThan(Duration.ofSeconds(60));
  }

  @Test
  @DisplayName("an API that fails for a while delays a move, and does not end it")
  void unavailable() throws Exception {
    fault(4, "GET", IP, new Fault.Answer(503, null, null));
    fault(2, "GET", "/actions", new Fault.DropBefore());

    assertThat(run(WRITER)).isEqualTo(new Outcome.Moved(true));
    assertThat(fake.writes()).hasSize(1);
  }

  @Test
  @DisplayName("an API that wants an IP unassigned first gets its way")
  void strict() throws Exception {
    fake.close();
    fake = new RunningFake(FakeSettings.defaults().withStrictAssign(StrictAssign.AnyServer));

    assertThat(run(WRITER)).isEqualTo(new Outcome.Moved(true));
    assertThat(fake.writes()).containsExactly(ASSIGN + " 422", UNASSIGN + " 201", ASSIGN + " 201");
  }

  @Test
  @DisplayName("without the permit nothing is written")
  void noPermit() throws Exception {
    assertThat(assigner(WRITER).run(TO_42, () -> false)).isEqualTo(new Outcome.Stopped(false));
    assertThat(fake.writes()).isEmpty();
  }

  @Test
  @DisplayName("a server that does not own the address is told as silent")
  void silent() throws Exception {
    fake.cloud().change(PROJECT, new ServerChange(42, null, null, Set.of(1L)));

    assertThat(run(WRITER)).isEqualTo(new Outcome.Silent());
    assertThat(server()).isEqualTo(42);
  }

  private Outcome run(String token) throws InterruptedException {
    return assigner(token).run(TO_42, ALWAYS);
  }

  private Assigner assigner(String token) {
    return new Assigner(
        fake.client(token), fake.pacer(), this::answers, AssignmentPolicy.defaults());
  }

  /** Only from the new server: the old one answers until packets go elsewhere. */
  private boolean answers(String address, Duration timeout) {
    var ip = fake.cloud().floatingIp(PROJECT, 1);
    assertThat(address).isEqualTo(ip.ip());
    return Objects.equals(ip.routedTo(), 42L) && fake.cloud().reachable(PROJECT, 1);
  }

  private void fault(int times, String method, String path, Fault fault) {
    fake.fault(FaultRule.next(times, method, path, fault));
  }

  private @Nullable Long server() {
    return fake.cloud().floatingIp(PROJECT, 1).server();
  }

  /** All requests up to the given write. */
  private List<String> requestsUntilWrite(int write) {
    var requests = new ArrayList<String>();
    var writes = 0;
    for (JournalEntry entry : fake.cloud().journal()) {
      requests.add(entry.method() + " " + entry.path());
      if (entry.write() && ++writes == write) {
        break;
      }
    }
    return requests;
  }
}
