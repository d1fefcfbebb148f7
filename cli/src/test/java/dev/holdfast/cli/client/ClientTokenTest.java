package dev.holdfast.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.cli.console.CommandFailed;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientTokenTest {

  @Test
  @DisplayName("Of a data plane's token file the first token that may do most is taken")
  void tokenFile() {
    assertThat(ClientToken.of("# ours\nread r-1\nadmin a-1\nadmin a-2\n")).isEqualTo("a-1");
    assertThat(ClientToken.of("read r-1\n")).isEqualTo("r-1");
  }

  @Test
  @DisplayName("A file may hold nothing but a token, as a mounted Secret does")
  void alone() {
    assertThat(ClientToken.of("0123456789abcdef")).isEqualTo("0123456789abcdef");
    assertThat(ClientToken.of("\n 0123456789abcdef \n")).isEqualTo("0123456789abcdef");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing", "one\ntwo", "write s3cret", "s3cret with blanks"})
  @DisplayName("Anything else is refused without being quoted")
  void none(String text) {
    assertThatThrownBy(() -> ClientToken.of(text))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("admin TOKEN")
        .hasMessageNotContaining("s3cret");
  }
}
