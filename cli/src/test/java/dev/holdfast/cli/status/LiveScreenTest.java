package dev.holdfast.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LiveScreenTest {
  private final StringWriter written = new StringWriter();
  private final LiveScreen screen = new LiveScreen(new PrintWriter(written));

  private String news() {
    var text = written.toString();
    written.getBuffer().setLength(0);
    return text;
  }

  @Test
  @DisplayName("Each picture is drawn over the one before, and nothing is wiped first")
  void drawnOver() {
    news();
    screen.show(List.of("one", "two"));
    assertThat(news()).isEqualTo("\u001b[1;1Hone\u001b[K\u001b[2;1Htwo\u001b[K\u001b[J");
  }

  @Test
  @DisplayName("The screen of before comes back once, with cursor and line wrap, and stays")
  void restored() {
    assertThat(news()).isEqualTo("\u001b[?1049h\u001b[?25l\u001b[?7l");
    screen.close();
    assertThat(news()).isEqualTo("\u001b[?7h\u001b[?25h\u001b[?1049l");
    screen.close();
    screen.show(List.of("too late"));
    assertThat(news()).isEmpty();
  }
}
