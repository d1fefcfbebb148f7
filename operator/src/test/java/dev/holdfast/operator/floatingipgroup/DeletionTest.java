package dev.holdfast.operator.floatingipgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.v1alpha1.FloatingIpGroup;
import dev.holdfast.operator.events.EventQueue;
import dev.holdfast.operator.events.EventWriter;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@EnableKubernetesMockClient(crud = true, https = false)
class DeletionTest {
  private static final String NOWHERE = "http://127.0.0.1:9/v1";

  KubernetesClient client;

  private EventQueue events;
  private Groups groups;
  private Deletion deletion;

  @BeforeEach
  void open() {
    events = new EventQueue(new EventWriter(client, "test", InstantSource.system()));
    groups = new Groups(events, new GroupMetrics(new SimpleMeterRegistry()), () -> true);
    var setups = new Setups(new AllowedEndpoints(Set.of(NOWHERE)), new ReferenceReader(client));
    deletion = new Deletion(client, setups, groups, events);
  }

  @AfterEach
  void close() {
    groups.close();
    events.close();
  }

  private FloatingIpGroup stored(String spec) {
    return client.resource(FloatingIpGroups.with(NOWHERE, spec)).create();
  }

  private FloatingIpGroup marked(FloatingIpGroup resource) {
    client.resource(resource).delete();
    return client.resource(resource).get();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mode: Plan", "mode: Approve", "paused: true"})
  @DisplayName("a group that may not write now takes no IP off at its deletion, says so, and goes")
  void mayNotWrite(String spec) {
    var kept = deletion.prepare(stored("deletionPolicy: Unassign\n" + spec));
    assertThat(kept.hasFinalizer(Deletion.FINALIZER)).isTrue();

    deletion.carryOut(marked(kept));

    assertThat(client.resource(kept).get()).isNull();
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(client.events().v1().events().inNamespace("edge").list().getItems())
                .extracting(event -> event.getReason())
                .containsExactly("UnassignFailed"));
  }

  @Test
  @DisplayName("a group whose IPs stay has no finalizer, and one that was told so loses it")
  void leaves() {
    var resource = deletion.prepare(stored("deletionPolicy: Unassign"));
    resource.setSpec(FloatingIpGroups.at(NOWHERE).getSpec());

    assertThat(deletion.prepare(resource).hasFinalizer(Deletion.FINALIZER)).isFalse();
    assertThat(client.resource(resource).get().hasFinalizer(Deletion.FINALIZER)).isFalse();
  }
}
