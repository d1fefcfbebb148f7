package dev.holdfast.floatingip.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VectorsTest {
  private static final PlannerPolicy AS_FLIPPER =
      new PlannerPolicy(Strategy.Canonical, WhenAllUnhealthy.Spread, true);

  record Vector(String name, Observed observed, List<String> actions) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  @DisplayName("Canonical gives flipper's actions, its defects mended")
  void canonical(Vector vector) {
    assertThat(actions(Planner.plan(vector.observed, AS_FLIPPER))).isEqualTo(vector.actions);
  }

  @Test
  @DisplayName("all 300 vectors are read, and most of them move something")
  void complete() throws IOException {
    assertThat(vectors()).hasSize(300);
    assertThat(vectors().filter(vector -> !vector.actions.isEmpty())).hasSizeGreaterThan(200);
  }

  private static List<String> actions(Plan plan) {
    return plan.steps().stream()
        .map(step -> step.floatingIp().id() + " -> " + step.to().id())
        .toList();
  }

  static Stream<Vector> vectors() throws IOException {
    var vectors = new ArrayList<Vector>();
    try (var file = VectorsTest.class.getResourceAsStream("floating-ip-plans.jsonl");
        var lines = new ObjectMapper().readerFor(JsonNode.class).<JsonNode>readValues(file)) {
      while (lines.hasNext()) {
        vectors.add(vector(lines.next()));
      }
    }
    return vectors.stream();
  }

  private static Vector vector(JsonNode line) {
    return new Vector(
        line.get("name").asText(),
        new Observed(
            elements(line.get("servers")).map(VectorsTest::server).toList(),
            elements(line.get("floatingIps")).map(VectorsTest::floatingIp).toList()),
        elements(line.get("actions"))
            .map(action -> action.get("floatingIp").asLong() + " -> " + action.get("server"))
            .toList());
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static Server server(JsonNode json) {
    return new Server(
        json.get("id").asLong(),
        json.get("name").asText(),
        json.get("location").asText(),
        json.get("networkZone").asText(),
        index(json),
        Health.valueOf(json.get("health").asText()));
  }

  private static FloatingIp floatingIp(JsonNode json) {
    var server = json.get("server");
    return new FloatingIp(
        json.get("id").asLong(),
        json.get("name").asText(),
        json.get("location").asText(),
        json.get("networkZone").asText(),
        index(json),
        server.isNull() ? OptionalLong.empty() : OptionalLong.of(server.asLong()));
  }

  private static OptionalInt index(JsonNode json) {
    var index = json.get("resourceIndex").asInt();
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
  }
}
