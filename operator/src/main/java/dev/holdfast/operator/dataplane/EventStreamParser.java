package dev.holdfast.operator.dataplane;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes server-sent events apart, as the HTML standard says, as far as the data plane uses them:
 * event names, data and comments. For one thread.
 */
final class EventStreamParser {

  /** One event; {@code data} lines are joined by newlines. */
  record StreamEvent(String name, String data) {}

  private static final String DEFAULT_NAME = "message";

  private final int maxEventBytes;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
  private final StringBuilder data = new StringBuilder();
  private String name = DEFAULT_NAME;
  private int eventBytes;
  private boolean afterCarriageReturn;

  EventStreamParser(int maxEventBytes) {
    this.maxEventBytes = maxEventBytes;
  }

  /**
   * The events that these bytes complete.
   *
   * @throws IOException when an event is longer than allowed
   */
  List<StreamEvent> feed(ByteBuffer bytes) throws IOException {
    var events = new ArrayList<StreamEvent>();
    while (bytes.hasRemaining()) {
      var next = bytes.get();
      if (next == '\n' && afterCarriageReturn) {
        afterCarriageReturn = false;
        continue;
      }
      afterCarriageReturn = next == '\r';
      if (next == '\n' || next == '\r') {
        endLine(events);
      } else {
        count(1);
        line.write(next);
      }
    }
    return events;
  }

  private void count(int bytes) throws IOException {
    eventBytes += bytes;
    if (eventBytes > maxEventBytes) {
      throw new IOException(
          "expected events of at most %d bytes, found a longer one".formatted(maxEventBytes));
    }
  }

  private void endLine(List<StreamEvent> events) {
    var text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (text.isEmpty()) {
      endEvent(events);
    } else if (text.startsWith(":")) {
      eventBytes -= text.length();
    } else {
      field(text);
    }
  }

  private void field(String text) {
    var colon = text.indexOf(':');
    var field = colon < 0 ? text : text.substring(0, colon);
    var value = colon < 0 ? "" : text.substring(colon + 1);
    value = value.startsWith(" ") ? value.substring(1) : value;
    switch (field) {
      case "event" -> name = value;
      case "data" -> data.append(value).append('\n');
      default -> {
        // Fields that are not known are left out: the standard says so.
      }
    }
  }

  private void endEvent(List<StreamEvent> events) {
    if (!data.isEmpty()) {
      data.setLength(data.length() - 1);
      events.add(new StreamEvent(name, data.toString()));
    }
    data.setLength(0);
    name = DEFAULT_NAME;
    eventBytes = 0;
  }
}
