package dev.holdfast.operator.floatingipgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedEndpointsTest {
  private static final AllowedEndpoints OFFICIAL =
      AllowedEndpoints.of(List.of("https://api.hetzner.cloud/v1"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.hetzner.cloud/v1",
        "https://api.hetzner.cloud/v1/",
        "HTTPS://API.hetzner.cloud/v1"
      })
  @DisplayName("the same place is allowed however it is written")
  void allowed(String endpoint) {
    assertThat(OFFICIAL.allow(endpoint)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.hetzner.cloud/v1",
        "https://api.hetzner.cloud/v2",
        "https://api.hetzner.cloud/v1/../v2",
        "https://api.hetzner.cloud:8443/v1",
        "https://api.hetzner.cloud.example/v1",
        "https://example/api.hetzner.cloud/v1"
      })
  @DisplayName("a token is sent nowhere else")
  void refused(String endpoint) {
    assertThat(OFFICIAL.allow(endpoint)).isFalse();
  }

  @Test
  @DisplayName("what is no URL is refused at the start")
  void noUrl() {
    assertThatThrownBy(() -> AllowedEndpoints.of(List.of("api.hetzner.cloud")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found api.hetzner.cloud");
  }
}
