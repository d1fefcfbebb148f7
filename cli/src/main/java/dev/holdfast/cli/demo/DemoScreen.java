package dev.holdfast.cli.demo;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** What the person who watches the demo sees. Safe for use by many threads. */
final class DemoScreen {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.S");

  private final PrintWriter out;
  private final Clock clock;

  DemoScreen(PrintWriter out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  /** Something happened now. */
  synchronized void tell(String news) {
    out.println(TIME.format(LocalTime.now(clock)) + "  " + news);
    out.flush();
  }

  synchronized void show(List<String> lines) {
    lines.forEach(out::println);
    out.flush();
  }
}
