package dev.holdfast.operator.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.operator.dataplane.EventStreamParser.StreamEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamParserTest {

  @ParameterizedTest(name = "in pieces of {0} bytes")
  @ValueSource(ints = {1, 2, 7, 1000})
  @DisplayName("events are the same however the bytes arrive")
  void pieces(int size) throws IOException {
    var text =
        ": hello\n\nevent: status\ndata: {\"a\":\ndata: \"ü\"}\n\n: beat\r\n\r\ndata:x\rid: 1\r\r\n"
            + "event: empty\n\nevent: status\ndata: last\n\n";
    assertThat(parse(text, size))
        .containsExactly(
            new StreamEvent("status", "{\"a\":\n\"ü\"}"),
            new StreamEvent("message", "x"),
            new StreamEvent("status", "last"));
  }

  @Test
  @DisplayName("an event that is longer than allowed is refused before it is complete")
  void tooLong() {
    assertThatThrownBy(() -> parse("data: " + "x".repeat(200), 10))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("at most 100 bytes");
    assertThatThrownBy(() -> parse("data: x\n".repeat(30), 10)).isInstanceOf(IOException.class);
  }

  @Test
  @DisplayName("comments do not add up")
  void manyComments() throws IOException {
    assertThat(parse(": beat\n\n".repeat(1000) + ": beat\n".repeat(1000), 50)).isEmpty();
  }

  private static List<StreamEvent> parse(String text, int size) throws IOException {
    var parser = new EventStreamParser(100);
    var events = new ArrayList<StreamEvent>();
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    for (var at = 0; at < bytes.length; at += size) {
      events.addAll(parser.feed(ByteBuffer.wrap(bytes, at, Math.min(size, bytes.length - at))));
    }
    return events;
  }
}
