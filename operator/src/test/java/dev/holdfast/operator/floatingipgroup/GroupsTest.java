package dev.holdfast.operator.floatingipgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.v1alpha1.FloatingIpGroup;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus;
import dev.holdfast.floatingip.fake.FakeCloud;
import dev.holdfast.floatingip.fake.FakeHetzner;
import dev.holdfast.floatingip.fake.FakeSettings;
import dev.holdfast.floatingip.fake.JournalEntry;
import dev.holdfast.floatingip.fake.ProjectToken;
import dev.holdfast.floatingip.fake.Seed;
import dev.holdfast.floatingip.resource.GroupIntent;
import dev.holdfast.floatingip.resource.GroupSetupReader;
import dev.holdfast.floatingip.resource.Unassignment.Outcome;
import dev.holdfast.health.reference.MissingReference;
import dev.holdfast.health.reference.Reference;
import dev.holdfast.operator.events.EventQueue;
import dev.holdfast.operator.events.EventWriter;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a cloud with four floating IPs, of which the fourth points nowhere. */
@Timeout(60)
@EnableKubernetesMockClient(crud = true, https = false)
class GroupsTest {
  private static final String TOKEN = "writer-token";

  KubernetesClient client;

  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicBoolean leads = new AtomicBoolean(true);
  private FakeCloud cloud;
  private FakeHetzner fake;
  private EventQueue events;
  private Groups groups;

  @BeforeEach
  void open() throws IOException {
    var settings = FakeSettings.defaults().withActionDelay(Duration.ofMillis(100));
    var token = new ProjectToken("ci", TOKEN, ProjectToken.Scope.ReadWrite);
    cloud = new FakeCloud(Seed.sample(token, settings), InstantSource.system());
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    fake = new FakeHetzner(cloud, loopback, "control-token");
    events = new EventQueue(new EventWriter(client, "test", InstantSource.system()));
    groups = new Groups(events, new GroupMetrics(metrics), leads::get);
  }

  @AfterEach
  void close() {
    groups.close();
    events.close();
    fake.close();
  }

  private FloatingIpGroup resource(String spec) {
    return FloatingIpGroups.with(fake.endpoint().toString(), spec);
  }

  private static Setup.Ready setup(FloatingIpGroup resource, String token) throws MissingReference {
    var value = token.getBytes(StandardCharsets.UTF_8);
    var references = new ReferenceSnapshot(Map.of(Reference.secret("hcloud", "token"), value));
    var intent = new GroupIntent("edge/web", resource.getSpec(), false, null);
    return new Setup.Ready(GroupSetupReader.read(intent, references), references);
  }

  private boolean allInPlace(FloatingIpGroup resource) {
    return groups.status(resource).filter(status -> status.inPlace() == 4).isPresent();
  }

  private long assigned() {
    return LongStream.rangeClosed(1, 4)
        .filter(ip -> cloud.floatingIp("demo", ip).server() != null)
        .count();
  }

  private long writes() {
    return cloud.journal().stream().filter(JournalEntry::write).count();
  }

  private Outcome unassigned(FloatingIpGroup resource, Setup.Ready setup) {
    return Awaitility.await()
        .until(() -> groups.unassign(resource, setup.group()), Optional::isPresent)
        .orElseThrow();
  }

  @Test
  @DisplayName("a resource's group moves its IPs, and its plan becomes an Event")
  void converges() throws Exception {
    var resource = resource("");
    groups.run(resource, setup(resource, TOKEN));

    Awaitility.await().until(() -> allInPlace(resource) && assigned() == 4);
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(client.events().v1().events().inNamespace("edge").list().getItems())
                .extracting(event -> event.getReason())
                .contains("PlanMade", "PlanApplied"));
  }

  @Test
  @DisplayName("figures tell of moves, floating IPs, servers and calls, until the resource is gone")
  void figures() throws Exception {
    var resource = resource("");
    groups.run(resource, setup(resource, TOKEN));
    Awaitility.await().until(() -> allInPlace(resource));

    groups.measure(Instant.now());
    assertThat(metrics.scrape())
        .contains(
            "holdfast_floating_ip_moves_total{resource=\"edge/web\",result=\"moved\"} 1.0",
            "holdfast_floating_ip_moves_total{resource=\"edge/web\",result=\"failed\"} 0.0",
            "holdfast_floating_ip_ips{resource=\"edge/web\",state=\"in_place\"} 4.0",
            "holdfast_floating_ip_plan_moves{resource=\"edge/web\"} 0.0",
            "holdfast_floating_ip_ready{resource=\"edge/web\"} 1.0",
            "health=\"healthy\",resource=\"edge/web\"",
            "holdfast_floating_ip_api_calls_left{resource=\"edge/web\"}",
            "holdfast_floating_ip_read_timestamp_seconds{resource=\"edge/web\"}");

    groups.news().onResourceDeleted(resource);
    groups.measure(Instant.now());
    assertThat(metrics.scrape()).doesNotContain("edge/web");
  }

  @Test
  @DisplayName("mode Plan shows the plan and changes nothing; a change of mode takes effect")
  void modes() throws Exception {
    var planned = resource("mode: Plan");
    groups.run(planned, setup(planned, TOKEN));
    Awaitility.await().until(() -> groups.status(planned).orElseThrow().pendingMoves() == 1);
    assertThat(writes()).isZero();

    var applied = resource("");
    groups.run(applied, setup(applied, TOKEN));
    Awaitility.await().until(() -> assigned() == 4);
  }

  @Test
  @DisplayName("an operator that does not lead writes nothing")
  void leadership() throws Exception {
    leads.set(false);
    var resource = resource("");
    groups.run(resource, setup(resource, TOKEN));

    assertThat(groups.status(resource).orElseThrow().leads()).isFalse();
    groups.close();
    assertThat(writes()).isZero();
  }

  @Test
  @DisplayName("before a resource is gone its IPs are taken off its servers")
  void unassigns() throws Exception {
    var resource = resource("");
    var setup = setup(resource, TOKEN);
    groups.run(resource, setup);
    Awaitility.await().until(() -> allInPlace(resource));

    assertThat(unassigned(resource, setup)).isEqualTo(new Outcome.Done(4));
    assertThat(assigned()).isZero();
    assertThat(groups.status(resource)).isEmpty();
  }

  @Test
  @DisplayName(
      "of two groups that select the same IPs only the older moves them, while it is there")
  void twoGroups() throws Exception {
    var older = resource("mode: Plan");
    older.getMetadata().setCreationTimestamp("2026-01-01T00:00:00Z");
    var younger = resource("");
    younger.getMetadata().setCreationTimestamp("2026-01-02T00:00:00Z");
    younger.getMetadata().setUid("younger");
    older.setStatus(new FloatingIpGroupStatus(1L, null, null, null, null, null, null, 0, 0, 0));
    groups.run(older, setup(older, TOKEN));
    Awaitility.await().until(() -> groups.status(older).orElseThrow().ips() == 4);

    groups.run(younger, setup(younger, TOKEN));
    Awaitility.await().until(() -> !groups.sharing(younger).yielded().isEmpty());
    assertThat(groups.sharing(older).kept()).containsOnlyKeys(1L, 2L, 3L, 4L);
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(groups.status(younger).orElseThrow().floatingIps())
                .extracting(ip -> ip.reason())
                .contains("OwnedByOlderGroup"));
    assertThat(writes()).isZero();

    groups.stop(older);
    Awaitility.await().until(() -> assigned() == 4);
    assertThat(groups.sharing(younger)).isEqualTo(Sharing.NONE);
  }

  @Test
  @DisplayName("IPs that another group selects too are not taken off their servers")
  void unassignsNotOthers() throws Exception {
    var leaving = resource("");
    var staying = resource("mode: Plan");
    staying.getMetadata().setUid("staying");
    groups.run(leaving, setup(leaving, TOKEN));
    groups.run(staying, setup(staying, TOKEN));
    Awaitility.await().until(() -> groups.sharing(leaving).all().size() == 4);

    assertThat(unassigned(leaving, setup(leaving, TOKEN))).isEqualTo(new Outcome.Done(0));
    assertThat(assigned()).isGreaterThanOrEqualTo(3);
  }

  @Test
  @DisplayName("a token that is refused holds no resource back")
  void refusedToken() throws Exception {
    var resource = resource("");
    var setup = setup(resource, "stranger-token");

    assertThat(unassigned(resource, setup)).isInstanceOf(Outcome.GivenUp.class);
    assertThat(assigned()).isEqualTo(3);
  }

  @Test
  @DisplayName("after the end nothing runs, and nothing starts any more")
  void ends() throws Exception {
    var resource = resource("");
    groups.run(resource, setup(resource, TOKEN));
    groups.close();

    groups.run(resource, setup(resource, TOKEN));
    assertThat(groups.status(resource)).isEmpty();
  }
}
