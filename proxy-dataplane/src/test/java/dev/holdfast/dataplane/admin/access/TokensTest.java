package dev.holdfast.dataplane.admin.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
  @Test
  @DisplayName("Comments and empty lines are skipped and counted")
  void comments() {
    var tokens = Tokens.parse("# for Prometheus\n\n  read   reader-0123456789ab  \r\n");

    assertThat(tokens.find("reader-0123456789ab"))
        .contains(new Caller("token of line 3", Scope.READ));
    assertThat(tokens.find("reader-0123456789a")).isEmpty();
    assertThat(tokens.find("")).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("A line of another form is refused by its number, without quoting it")
  @ValueSource(
      strings = {
        "0123456789abcdef-secret",
        "write 0123456789abcdef-secret",
        "admin short-secret",
        "admin 0123456789abcdef secret",
        "admin"
      })
  void malformed(String line) {
    assertThatThrownBy(() -> Tokens.parse("\n" + line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 2")
        .hasMessageNotContaining("secret");
  }

  @Test
  @DisplayName("A file with no token at all is refused")
  void empty() {
    assertThatThrownBy(() -> Tokens.parse("# nothing\n")).hasMessageContaining("found 0");
  }
}
