package dev.holdfast.dataplane.admin.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserHeadersTest {
  private static final String BOUND = "127.0.0.7";

  private static boolean refused(String bound, String host, String... origins) {
    return BrowserHeaders.refuse(bound, List.of(host), List.of(origins)).isPresent();
  }

  @ParameterizedTest
  @DisplayName("On loopback the names of this machine are right, with any port or none")
  @ValueSource(
      strings = {"localhost", "LOCALHOST:1", "127.0.0.1:2340", "[::1]", "[::1]:2340", BOUND})
  void local(String host) {
    assertThat(refused(BOUND, host)).isFalse();
  }

  @ParameterizedTest
  @DisplayName("On loopback any other name is wrong")
  @ValueSource(
      strings = {
        "",
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.nip.io:2340",
        "::1",
        "10.0.0.1"
      })
  void foreign(String host) {
    assertThat(refused(BOUND, host)).isTrue();
  }

  @Test
  @DisplayName("Elsewhere any name is right")
  void elsewhere() {
    assertThat(refused(null, "pod-0.db.shop.svc:2340")).isFalse();
  }

  @Test
  @DisplayName("None, or two Host headers, are wrong everywhere")
  void count() {
    assertThat(BrowserHeaders.refuse(null, List.of(), List.of())).isPresent();
    assertThat(BrowserHeaders.refuse(null, List.of("a", "a"), List.of())).isPresent();
  }

  @Test
  @DisplayName("An Origin must be the Host, everywhere")
  void origin() {
    assertThat(refused(BOUND, "localhost:2340", "http://localhost:2340")).isFalse();
    assertThat(refused(null, "x:2340", "https://X:2340")).isFalse();
    assertThat(refused(BOUND, "localhost:2340", "http://localhost:8080")).isTrue();
    assertThat(refused(null, "x:2340", "https://evil.example")).isTrue();
    assertThat(refused(BOUND, "localhost", "null")).isTrue();
    assertThat(refused(BOUND, "localhost", "http://localhost", "http://evil")).isTrue();
  }
}
