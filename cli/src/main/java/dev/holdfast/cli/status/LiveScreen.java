package dev.holdfast.cli.status;

import java.io.PrintWriter;
import java.util.List;

/**
 * A terminal that always shows the newest lines. It is drawn over in place, so that nothing
 * flickers. Lines that are too long are cut by the terminal, and of lines for which it is too low
 * the last one shows at the bottom: nothing scrolls. What was on the screen before comes back when
 * this is closed.
 */
public final class LiveScreen implements AutoCloseable {
  private static final String OTHER_SCREEN = "\u001b[?1049h";
  private static final String FIRST_SCREEN = "\u001b[?1049l";
  private static final String HIDE_CURSOR = "\u001b[?25l";
  private static final String SHOW_CURSOR = "\u001b[?25h";
  private static final String CUT_LINES = "\u001b[?7l";
  private static final String WRAP_LINES = "\u001b[?7h";
  private static final String CLEAR_REST_OF_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintWriter out;
  private boolean closed;

  public LiveScreen(PrintWriter out) {
    this.out = out;
    write(OTHER_SCREEN + HIDE_CURSOR + CUT_LINES);
  }

  /** One write, so that no half of a picture is ever seen. */
  public synchronized void show(List<String> lines) {
    if (!closed) {
      var row = 0;
      var picture = new StringBuilder();
      for (var line : lines) {
        picture.append("\u001b[%d;1H".formatted(++row)).append(line).append(CLEAR_REST_OF_LINE);
      }
      write(picture.append(CLEAR_BELOW).toString());
    }
  }

  /** Closing twice does nothing. Any thread. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      write(WRAP_LINES + SHOW_CURSOR + FIRST_SCREEN);
    }
  }

  private void write(String text) {
    out.print(text);
    out.flush();
  }
}
