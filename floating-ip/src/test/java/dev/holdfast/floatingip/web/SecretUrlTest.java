package dev.holdfast.floatingip.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretUrlTest {

  @Test
  @DisplayName("A secret URL is read without the line end, and no text shows it")
  void hidden() {
    var url = SecretUrl.of("https://chat.example/hooks/s3cret\n");

    assertThat(url.uri()).hasToString("https://chat.example/hooks/s3cret");
    assertThat(url.toString()).doesNotContain("s3cret");
    assertThat(WebCall.get(url, Duration.ofSeconds(1)).toString()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "s3cret",
        "ftp://host/s3cret",
        "http:s3cret",
        "http:///s3cret",
        "https://ho st/s3cret",
        "https://host:99999/s3cret",
        "file:///s3cret",
        "https://\u0000s3cret"
      })
  @DisplayName("What is no URL for a request is refused, by an error that does not show it")
  void refused(String text) {
    assertThatThrownBy(() -> SecretUrl.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected a URL")
        .hasNoCause()
        .message()
        .doesNotContain("s3cret");
  }
}
