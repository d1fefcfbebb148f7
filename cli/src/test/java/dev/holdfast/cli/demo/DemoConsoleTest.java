package dev.holdfast.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DemoConsoleTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC);

  private final AtomicInteger quits = new AtomicInteger();
  private SampleBackend backend;

  @BeforeEach
  void start() throws IOException {
    backend = new SampleBackend("pg-0");
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  @DisplayName("A backend is stopped and started by its name")
  void stopAndStart() throws IOException {
    assertThat(type("stop pg-0"))
        .isEqualTo("03:04:05.6  pg-0 is stopped: it refuses connections now.\n");
    assertThat(backend.isRunning()).isFalse();
    assertThat(type("start pg-0")).isEqualTo("03:04:05.6  pg-0 is started.\n");
    assertThat(backend.isRunning()).isTrue();
  }

  @Test
  @DisplayName("status shows the status, quit quits, and the end of input ends nothing")
  void statusAndQuit() throws IOException {
    assertThat(type("status\n\n")).isEqualTo("all is well\n");
    assertThat(quits).hasValue(0);
    assertThat(type("quit")).isEmpty();
    assertThat(quits).hasValue(1);
  }

  @Test
  @DisplayName("What is not understood is answered with what may be typed")
  void unknown() throws IOException {
    assertThat(type("stop pg-9")).isEqualTo("There is no backend 'pg-9'; there are pg-0.\n");
    assertThat(type("help")).isEqualTo("Type stop pg-0 | start pg-0 | status | quit\n");
  }

  private String type(String lines) throws IOException {
    var printed = new StringWriter();
    new DemoConsole(
            Map.of("pg-0", backend),
            () -> List.of("all is well"),
            quits::incrementAndGet,
            new DemoScreen(new PrintWriter(printed), CLOCK))
        .converse(new BufferedReader(new StringReader(lines)));
    return printed.toString();
  }
}
