package dev.holdfast.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "127.0.0.1:2340, 127.0.0.1, 2340",
    "[::1]:0, ::1, 0",
    "localhost:65535, localhost, 65535"
  })
  @DisplayName("An address and a port are read; IPv6 stands in brackets")
  void read(String text, String host, int port) {
    assertThat(ListenAddress.parse(text).socket())
        .isEqualTo(InetSocketAddress.createUnresolved(host, port));
  }

  @Test
  @DisplayName("none is no address")
  void none() {
    assertThat(ListenAddress.parse("none").socket()).isNull();
  }

  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(strings = {"", "2340", "::1:2340", "127.0.0.1:65536", "127.0.0.1:", ":2340", "a b"})
  @DisplayName("Anything else is refused with the form that was expected")
  void refused(String text) {
    assertThatThrownBy(() -> ListenAddress.parse(text))
        .hasMessage("expected ADDRESS:PORT, [IPV6]:PORT or none, found '" + text + "'");
  }
}
