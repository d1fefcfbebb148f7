package dev.holdfast.floatingip.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateFileTest {

  @Test
  @DisplayName("a state file needs only names, ids, addresses and locations")
  void shortest() throws Exception {
    var seed =
        read(
            """
            {"settings": {"actionDelayMillis": 50},
             "projects": [{"name": "p", "tokens": [{"name": "t", "value": "v"}],
               "servers": [{"id": 1, "name": "s", "location": "hel1"}],
               "floatingIps": [{"id": 2, "name": "i", "ip": "::1", "homeLocation": "ash"}]}]}
            """);

    assertThat(seed.settings().actionDelay()).isEqualTo(Duration.ofMillis(50));
    assertThat(seed.settings().callsPerHour()).isEqualTo(3600);
    var project = seed.projects().getFirst();
    assertThat(project.tokens().getFirst().scope()).isEqualTo(ProjectToken.Scope.ReadWrite);
    assertThat(project.inventory(Instant.EPOCH).ips().get(2L).type()).isEqualTo("ipv6");
    assertThat(seed.toString()).doesNotContain("value=v");
  }

  @Test
  @DisplayName("a state file may tell private networks, and that a floating IP is blocked")
  void longer() throws Exception {
    var inventory =
        read("""
        {"projects": [{"name": "p",
          "servers": [{"id": 1, "name": "s", "location": "hel1",
            "privateNet": [{"network": 7, "ip": "10.0.0.2"}]}],
          "floatingIps": [
            {"id": 2, "name": "i", "ip": "::1", "homeLocation": "ash", "blocked": true}]}]}
        """)
            .projects()
            .getFirst()
            .inventory(Instant.EPOCH);

    assertThat(inventory.servers().get(1L).privateNet())
        .containsExactly(new PrivateAddress(7, "10.0.0.2", List.of()));
    assertThat(inventory.ips().get(2L).blocked()).isTrue();
  }

  @ParameterizedTest
  @DisplayName("a state file that is wrong is refused with what was expected")
  @CsvSource(
      delimiter = ';',
      value = {
        "{}; expected 'projects'",
        "{\"projects\": []}; expected at least one project",
        "{\"projects\": [{}]}; expected the name of a project",
        "{\"projects\": [{\"name\": \"p\", \"tokens\": [{\"name\": \"t\"}]}]}; value of token 't'",
        "{\"projects\": [{\"name\": \"p\", \"odd\": 1}]}; odd",
      })
  void wrong(String document, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(document))
        .withMessageContaining(message);
  }

  @Test
  @DisplayName("an IP at a server that is not there is refused")
  void dangling() throws Exception {
    var project =
        read("""
        {"projects": [{"name": "p", "floatingIps": [
          {"id": 2, "name": "i", "ip": "192.0.2.1", "homeLocation": "ash", "server": 9}]}]}
        """)
            .projects()
            .getFirst();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> project.inventory(Instant.EPOCH))
        .withMessageContaining("there is no server 9");
  }

  private static Seed read(String document) throws JsonProcessingException {
    return StateFile.read(new ObjectMapper().readTree(document));
  }
}
