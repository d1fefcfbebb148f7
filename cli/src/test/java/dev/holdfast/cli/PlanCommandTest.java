package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanCommandTest {
  private static final Path VECTORS =
      Path.of(
          "../floating-ip/src/test/resources/dev/holdfast/floatingip/plan/floating-ip-plans.jsonl");
  private static final JsonMapper JSON = new JsonMapper();
  private static final String STATE =
      """
      {
        "servers": [
          {"id": 1, "name": "lb-1", "location": "fsn1", "networkZone": "eu", "health": "Healthy"},
          {"id": 2, "name": "lb-2", "location": "fsn1", "networkZone": "eu", "resourceIndex": -1,
           "health": "Unknown"}
        ],
        "floatingIps": [
          {"id": 10, "name": "a", "location": "fsn1", "networkZone": "eu", "server": 2},
          {"id": 9, "name": "b", "location": "fsn1", "networkZone": "eu", "server": null},
          {"id": 8, "name": "c", "location": "fsn1", "networkZone": "eu", "server": 77}
        ]
      }
      """;

  @TempDir Path directory;

  @Test
  @DisplayName("The plans of 300 states are the right ones, one a line")
  void vectors() throws IOException {
    var states = Files.readAllLines(VECTORS);
    var plan = Execution.of("plan", "--strategy", "Canonical", VECTORS.toString());

    assertThat(plan.exitCode()).isZero();
    var plans = plan.out().lines().toList();
    assertThat(plans).hasSameSizeAs(states).hasSize(300);
    for (var i = 0; i < plans.size(); i++) {
      assertThat(actions(plans.get(i))).as(states.get(i)).isEqualTo(actions(states.get(i)));
    }
  }

  @Test
  @DisplayName("A plan says what moves, what does not, and why, by floating IP id")
  void reasons() throws IOException {
    assertThat(plan(STATE).out())
        .isEqualTo(
            """
            {"actions":[\
            {"floatingIp":9,"server":1,"reason":"Unassigned","message":"it points at no server"},\
            {"floatingIp":10,"server":1,"reason":"ServerHealthUnknown",\
            "message":"its server is not known to be healthy"}],\
            "untouched":[{"floatingIp":8,"reason":"ForeignServer",\
            "message":"it points at server 77, which is not of the group"}]}
            """);
  }

  @Test
  @DisplayName("Standard input is read for -, and MinimalMoves is the default")
  void standardInput() {
    var before = System.in;
    var even =
        """
        {"servers":[
        {"id":1,"name":"lb-1","location":"fsn1","networkZone":"eu","health":"Healthy"},
        {"id":2,"name":"lb-2","location":"fsn1","networkZone":"eu","health":"Healthy"}],
        "floatingIps":[
        {"id":1,"name":"a","location":"fsn1","networkZone":"eu","server":2},
        {"id":2,"name":"b","location":"fsn1","networkZone":"eu","server":1}]}
        """;
    try {
      System.setIn(new ByteArrayInputStream(even.getBytes(StandardCharsets.UTF_8)));
      assertThat(Execution.of("plan", "-").out()).startsWith("{\"actions\":[],\"untouched\":[");
      System.setIn(new ByteArrayInputStream(even.getBytes(StandardCharsets.UTF_8)));
      assertThat(Execution.of("plan", "-", "--strategy", "canonical").out())
          .contains("\"reason\":\"Spread\"");
    } finally {
      System.setIn(before);
    }
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "\"Healthy\" | \"healthy\" | servers[0].health: expected one of [Healthy, Unhealthy,"
            + " Unknown], found \"healthy\"",
        "\"id\": 2 | \"id\": 1 | expected every id once, found two servers with id 1",
        "\"id\": 2 | \"id\": 2.5 | servers[1].id: expected an integer from 0 to 2^53-1, found 2.5",
        "\"id\": 2, | '' | servers[1].id: expected an integer from 0 to 2^53-1, found none",
        "\"name\": \"lb-2\" | \"name\": 7 | servers[1].name: expected a string, found 7",
        "resourceIndex | index | servers[1]: expected the fields health, id, location, name,"
            + " networkZone, resourceIndex, found \"index\"",
        ": -1 | : -2 | servers[1].resourceIndex: expected an integer from -1, found -2",
        "\"server\": 77 | \"server\": {} | floatingIps[2].server: expected an integer from 0 to"
            + " 2^53-1, found another",
        "floatingIps | ips | floatingIps: expected a list, found none",
      })
  @DisplayName("A state that is none is named by its line and field")
  void badState(String good, String bad, String problem) throws IOException {
    var plan = plan(STATE.replaceFirst(Pattern.quote(good), bad));

    assertThat(plan.exitCode()).isEqualTo(1);
    assertThat(plan.out()).isEmpty();
    assertThat(plan.err()).isEqualTo("holdfast: " + directory + "/state.json:1: " + problem + "\n");
  }

  @Test
  @DisplayName("The states before a bad line are planned, and the bad line is named")
  void badLine() throws IOException {
    var line = "{\"servers\":[],\"floatingIps\":[]}\n";
    for (var bad : List.of("[]", "{\"servers\":", "{\"servers\":[],\"servers\":[]}", "nonsense")) {
      var plan = plan(line + line + bad + "\n");

      assertThat(plan.exitCode()).isEqualTo(1);
      assertThat(plan.out()).hasLineCount(2);
      assertThat(plan.err())
          .matches("(?s)holdfast: " + directory + "/state.json:[34]: .*expected .*\\R");
    }
  }

  @Test
  @DisplayName("An empty file and a missing one are errors")
  void nothing() throws IOException {
    assertThat(plan("\n").err())
        .isEqualTo(
            "holdfast: " + directory + "/state.json: expected a JSON document, found none\n");
    assertThat(Execution.of("plan", directory + "/none.json").err())
        .isEqualTo("holdfast: " + directory + "/none.json: expected a file, found none\n");
  }

  private Execution plan(String state) throws IOException {
    var file = Files.writeString(directory.resolve("state.json"), state);
    return Execution.of("plan", file.toString());
  }

  private static List<String> actions(String document) throws IOException {
    return JSON.readTree(document).get("actions").valueStream().map(PlanCommandTest::move).toList();
  }

  private static String move(JsonNode action) {
    return action.get("floatingIp") + " -> " + action.get("server");
  }
}
