package dev.holdfast.api.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.api.dataplane.DataPlaneStatus.BackendStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.ConnectionCounts;
import dev.holdfast.api.dataplane.DataPlaneStatus.Health;
import dev.holdfast.api.dataplane.DataPlaneStatus.HookRun;
import dev.holdfast.api.dataplane.DataPlaneStatus.LastFailover;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.api.dataplane.DataPlaneStatus.Primary;
import dev.holdfast.api.dataplane.DataPlaneStatus.Reason;
import dev.holdfast.api.dataplane.DataPlaneStatus.RefusedConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StatusJsonTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

  private static final DataPlaneStatus FULL =
      new DataPlaneStatus(
          "FailoverProxy",
          "shop",
          "db",
          "db-fop-0",
          7,
          new Listener("0.0.0.0", 5432, Listener.State.Open, "as told"),
          new Primary("b", "10.0.0.2:5432", 4, AT, Reason.CheckFailed),
          List.of(new BackendStatus("b", "10.0.0.2:5432", Health.Healthy, "Active", "why", AT, 9)),
          new LastFailover(
              "a",
              "b",
              AT,
              Duration.ofMillis(412),
              Reason.ConnectRefused,
              List.of(new HookRun("h", "b", 3, Duration.ofMillis(5), false, "exit code 3", "no"))),
          new ConnectionCounts(1, 2, 3, 4, 5),
          new RefusedConfig(8, List.of("spec.listen.port: too high")));

  private static final DataPlaneStatus BARE =
      new DataPlaneStatus(
          "FailoverProxy",
          "shop",
          "db",
          "db-fop-0",
          0,
          new Listener("0.0.0.0", 5432, Listener.State.Closed, null),
          null,
          List.of(),
          null,
          new ConnectionCounts(0, 0, 0, 0, 0),
          null);

  private static JsonNode tree(DataPlaneStatus status) {
    return StatusJson.mapper().valueToTree(status);
  }

  @Test
  @DisplayName("A status with everything, and one with nothing, comes back as it was")
  void roundTrip() throws Exception {
    var list = new ResourceStatusList(List.of(FULL, BARE));
    var text = StatusJson.mapper().writeValueAsString(list);

    assertThat(StatusJson.mapper().readValue(text, ResourceStatusList.class)).isEqualTo(list);
  }

  @Test
  @DisplayName("Instants are RFC 3339 text and durations Gateway API strings")
  void times() {
    assertThat(tree(FULL).at("/primary/since").textValue()).isEqualTo("2026-01-02T03:04:05.678Z");
    assertThat(tree(FULL).at("/lastFailover/noPrimaryFor").textValue()).isEqualTo("412ms");
  }

  @Test
  @DisplayName("What is null is left out; an empty list stays")
  void nullsLeftOut() {
    assertThat(tree(BARE).has("primary")).isFalse();
    assertThat(tree(BARE).at("/listener").has("message")).isFalse();
    assertThat(tree(BARE).at("/backends").isArray()).isTrue();
  }

  @Test
  @DisplayName("A data plane of before, which says nothing of hooks, is understood")
  void withoutHooks() throws Exception {
    var tree = (ObjectNode) tree(FULL);
    ((ObjectNode) tree.get("lastFailover")).remove("hooks");

    assertThat(StatusJson.mapper().treeToValue(tree, DataPlaneStatus.class).lastFailover().hooks())
        .isEmpty();
  }

  @Test
  @DisplayName("A kind of a newer data plane is left out of the list")
  void unknownKind() throws Exception {
    var text = "{\"resources\": [{\"kind\": \"Tomorrow\", \"namespace\": \"a\", \"name\": \"b\"}]}";

    assertThat(StatusJson.mapper().readValue(text, ResourceStatusList.class).resources()).isEmpty();
  }

  @Test
  @DisplayName("A field of a newer data plane is skipped")
  void unknownField() throws Exception {
    var tree = (ObjectNode) tree(FULL);
    tree.put("fromTheFuture", true);

    assertThat(StatusJson.mapper().treeToValue(tree, DataPlaneStatus.class)).isEqualTo(FULL);
  }
}
