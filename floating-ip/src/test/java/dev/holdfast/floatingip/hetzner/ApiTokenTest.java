package dev.holdfast.floatingip.hetzner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTokenTest {

  @Test
  @DisplayName("a token is not shown by itself, in settings or in a call")
  void hidden() {
    var token = new ApiToken("very-secret\n");
    var settings = ApiSettings.of(URI.create("http://127.0.0.1:1/v1/"), token);
    var call = new HttpCall("GET", settings.endpoint(), token, null, Duration.ofSeconds(1));

    assertThat(token.value()).isEqualTo("very-secret");
    assertThat(token + " " + settings + " " + call).doesNotContain("very-secret");
    assertThat(settings.endpoint()).isEqualTo(URI.create("http://127.0.0.1:1/v1"));
  }

  @ParameterizedTest
  @DisplayName("what cannot be a token is refused without being shown")
  @ValueSource(strings = {"", "  ", "very secret", "very\nsecret", "sécret"})
  void refused(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ApiToken(value))
        .withMessageContaining("expected an API token")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("cret"));
  }

  @ParameterizedTest
  @DisplayName("an endpoint is an http or https URL with nothing behind its path")
  @ValueSource(
      strings = {
        "ftp://host/v1",
        "/v1",
        "https://user:pw@host/v1",
        "https://host/v1?a=b",
        "http:x"
      })
  void endpoints(String endpoint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ApiSettings.of(URI.create(endpoint), new ApiToken("t")))
        .withMessageContaining("expected an endpoint");
  }
}
