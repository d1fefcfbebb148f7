package dev.holdfast.cli.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "pg-0.db:5432, pg-0.db, 5432",
    "10.0.0.5:1, 10.0.0.5, 1",
    "[fd00::5]:65535, fd00::5, 65535",
    "[fe80::1%eth0]:80, fe80::1%eth0, 80",
    "my_host:80, my_host, 80",
  })
  @DisplayName("A server is a host and a port, and is written as it was typed")
  void server(String text, String host, int port) {
    assertThat(Endpoint.ofServer(text)).isEqualTo(new Endpoint(host, port)).hasToString(text);
  }

  @Test
  @DisplayName("Only who listens may leave the host out")
  void anyHost() {
    assertThat(Endpoint.ofListener(":80")).isEqualTo(new Endpoint("", 80));
    assertThatThrownBy(() -> Endpoint.ofServer(":80")).hasMessageContaining("found ':80'");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {"", "80", "a", "a:", "a:http", "a:0", "a:65536", "::1:80", "a b:80", "[a]:1"})
  @DisplayName("Anything else is refused with what was found")
  void malformed(String text) {
    assertThatThrownBy(() -> Endpoint.ofListener(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found '" + text + "'");
  }
}
