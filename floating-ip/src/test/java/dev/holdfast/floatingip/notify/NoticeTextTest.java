package dev.holdfast.floatingip.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.floatingip.hetzner.VirtualPacer;
import dev.holdfast.floatingip.hetzner.assign.Outcome;
import dev.holdfast.floatingip.hetzner.model.ApiFailure;
import dev.holdfast.floatingip.hetzner.model.FloatingIp;
import dev.holdfast.floatingip.hetzner.model.Location;
import dev.holdfast.floatingip.hetzner.model.Server;
import dev.holdfast.floatingip.loop.ApplyPolicy;
import dev.holdfast.floatingip.loop.ChangeSet;
import dev.holdfast.floatingip.loop.GroupNotice;
import dev.holdfast.floatingip.loop.GroupNotice.ServerLine;
import dev.holdfast.floatingip.notify.Message.ServerRow;
import dev.holdfast.floatingip.plan.Health;
import dev.holdfast.floatingip.plan.MoveReason;
import dev.holdfast.floatingip.plan.Plan;
import dev.holdfast.floatingip.plan.Step;
import dev.holdfast.floatingip.web.SecretUrl;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class NoticeTextTest {
  private static final Location FSN = new Location(1, "fsn1", "eu-central");
  private static final Server LB_1 = server(1, "lb-1");
  private static final List<ServerLine> TABLE =
      List.of(
          new ServerLine(1, "lb-1", Health.Unhealthy), new ServerLine(2, "lb-2", Health.Healthy));

  @Test
  @DisplayName("L26 An unhealthy server is told of with its failing checks and the state of all")
  void unhealthy() {
    var message =
        of(new GroupNotice.ServerUnhealthy(LB_1, List.of("check web__ipv4: refused"), TABLE));

    assertThat(message)
        .isEqualTo(
            new Message(
                "web",
                "`web`: `lb-1` is unhealthy",
                List.of("`check web__ipv4: refused`"),
                List.of(
                    new ServerRow("lb-1", Health.Unhealthy),
                    new ServerRow("lb-2", Health.Healthy))));
  }

  @Test
  @DisplayName("L26 A server that is healthy again is told of with the time that it was not")
  void healthyAgain() {
    var message = of(new GroupNotice.ServerHealthyAgain(LB_1, Duration.ofMillis(185_400), TABLE));

    assertThat(message.headline()).isEqualTo("`web`: `lb-1` is healthy again");
    assertThat(message.details()).containsExactly("after 3m5s");
    assertThat(message.servers()).hasSize(2);
  }

  @Test
  @DisplayName("L19 What came and what went is told by name")
  void members() {
    var ip = new FloatingIp(7, "web-a", "192.0.2.7", FSN, null, Map.of());
    var changes =
        new ChangeSet(
            new ChangeSet.Changes<>(List.of(LB_1), List.of(server(2, "lb-2")), List.of()),
            new ChangeSet.Changes<>(List.of(ip), List.of(ip), List.of()));

    assertThat(of(new GroupNotice.MembersChanged(changes)).details())
        .containsExactly(
            "new server `lb-1`",
            "server `lb-2` is gone",
            "new floating IP `web-a` `192.0.2.7`",
            "floating IP `web-a` `192.0.2.7` is gone");
  }

  @Test
  @DisplayName("L37 A plan is told of with its steps, and what becomes of it")
  void planMade() {
    var message = of(made(ApplyPolicy.Mode.Apply, 2));

    assertThat(message.headline()).isEqualTo("`web`: plan `5f01` with 2 moves is carried out");
    assertThat(message.details())
        .containsExactly(
            "`ip-0` from server 9 to `lb-1`: its server is not healthy",
            "`ip-1` to `lb-1`: it points at no server");
    assertThat(of(made(ApplyPolicy.Mode.Approve, 1)).details())
        .last()
        .isEqualTo("approve it: `holdfast.dev/approve-plan=5f01`");
    assertThat(of(made(ApplyPolicy.Mode.Apply, 100)).details())
        .hasSize(51)
        .last()
        .isEqualTo("and 50 more");
  }

  @Test
  @DisplayName("L40 In read-only mode the plan is told of, and that nothing is moved")
  void readOnly() {
    assertThat(of(made(ApplyPolicy.Mode.Plan, 1)).headline())
        .isEqualTo("`web`: plan `5f01` with 1 move: read only, nothing is moved");
  }

  @Test
  @DisplayName("L37 Success is told of with the number of servers that are still unhealthy")
  void applied() {
    var message = of(new GroupNotice.PlanApplied(12, "5f01", 2, TABLE));

    assertThat(message.headline()).isEqualTo("`web`: plan `5f01` is applied: 2 floating IPs moved");
    assertThat(message.details()).containsExactly("still unhealthy: 1 server");
    assertThat(of(new GroupNotice.PlanApplied(12, "5f01", 1, List.of())).details())
        .containsExactly("no server is unhealthy");
  }

  @Test
  @DisplayName("L37 Failure is told of with its cause")
  void failed() {
    assertThat(details(new Outcome.Failed(new Outcome.Cause.TimedOut(), true)))
        .containsExactly(
            "`the move did not end in time`; it may have moved all the same", "in plan `5f01`");
    assertThat(details(new Outcome.ForeignWriter(5L)))
        .first()
        .isEqualTo("somebody else moved it to server 5 meanwhile");
    assertThat(details(new Outcome.ForeignWriter(null))).first().asString().contains("no server");
    assertThat(details(new Outcome.Silent())).first().asString().contains("nothing answers");
    assertThat(details(new Outcome.Stopped(false))).first().asString().contains("may change");
  }

  @Test
  @DisplayName("That the provider is away or refuses the token is told, and its return")
  void provider() {
    assertThat(of(new GroupNotice.ProviderAway(new ApiFailure.Unauthorized("401 `x`"))))
        .extracting(Message::headline, message -> message.details().getFirst())
        .containsExactly("`web`: the provider refuses the API token", "`401 x`");
    assertThat(of(new GroupNotice.ProviderAway(new ApiFailure.Unreachable("no"))).headline())
        .isEqualTo("`web`: the provider cannot be used");
    assertThat(of(new GroupNotice.ProviderBack(Duration.ofHours(1))).details())
        .containsExactly("after 1h");
  }

  @Test
  @DisplayName("L24 A certificate that ends soon is told of, and again when it is critical")
  void certificate() {
    assertThat(of(new GroupNotice.CertificateExpiring(LB_1, false, "web: in 13 days")))
        .extracting(Message::headline, Message::details)
        .containsExactly("`web`: a certificate of `lb-1` ends soon", List.of("`web: in 13 days`"));
    assertThat(of(new GroupNotice.CertificateExpiring(LB_1, true, "x")).headline())
        .endsWith("ends very soon");
  }

  @Test
  @Timeout(30)
  @DisplayName("L13 There may be many targets, and each is told")
  void manyTargets() {
    var told = new ConcurrentLinkedQueue<SecretUrl>();
    var targets =
        IntStream.range(0, 3)
            .mapToObj(i -> SecretUrl.of("http://127.0.0.1/" + i))
            .map(url ->
                new Target(
                    Service.values()[url.uri().getPath().charAt(1) - '0'],
                    url,
                    Optional.empty(),
                    "holdfast",
                    Target.DOLPHIN))
            .toList();
    var notifications =
        GroupNotifications.start(
            "web",
            targets,
            call -> {
              told.add(call.url());
              return 200;
            },
            new VirtualPacer());

    notifications.accept(new GroupNotice.ProviderBack(Duration.ofMinutes(1)));
    notifications.close();

    assertThat(told)
        .containsExactlyInAnyOrderElementsOf(targets.stream().map(Target::url).toList());
  }

  private static Message of(GroupNotice notice) {
    return NoticeText.of("web", notice);
  }

  private static List<String> details(Outcome outcome) {
    var message = of(new GroupNotice.MoveFailed(12, "5f01", "web-a", "lb-1", outcome));
    assertThat(message.headline()).isEqualTo("`web`: `web-a` was not moved to `lb-1`");
    return message.details();
  }

  private static GroupNotice made(ApplyPolicy.Mode mode, int count) {
    var to =
        new dev.holdfast.floatingip.plan.Server(
            1, "lb-1", "fsn1", "eu-central", OptionalInt.empty(), Health.Healthy);
    var steps =
        IntStream.range(0, count)
            .<Step>mapToObj(i ->
                i == 0
                    ? new Step.Move(ip(i, OptionalLong.of(9)), to, MoveReason.ServerUnhealthy)
                    : new Step.Assign(ip(i, OptionalLong.empty()), to))
            .toList();
    return new GroupNotice.PlanMade(12, "5f01", new Plan(steps, List.of()), mode);
  }

  private static dev.holdfast.floatingip.plan.FloatingIp ip(long id, OptionalLong server) {
    return new dev.holdfast.floatingip.plan.FloatingIp(
        id, "ip-" + id, "fsn1", "eu-central", OptionalInt.empty(), server);
  }

  private static Server server(long id, String name) {
    return new Server(id, name, FSN, "192.0.2.1", null, Map.of());
  }
}
