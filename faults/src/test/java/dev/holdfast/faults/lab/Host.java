package dev.holdfast.faults.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One program on one host, which is started again and again. */
final class Host implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final List<String> command;
  private final Consumer<String> output;
  private final List<Thread> readers = new ArrayList<>();
  private Process process;

  /**
   * @param output each line that it prints, on a thread of its own
   */
  Host(List<String> command, Consumer<String> output) {
    this.command = List.copyOf(command);
    this.output = output;
  }

  void start() throws IOException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("HOLDFAST"));
    process = builder.start();
    var printed = process.getInputStream();
    readers.removeIf(reader -> !reader.isAlive());
    readers.add(Thread.ofVirtual().start(() -> read(printed)));
  }

  private void read(InputStream printed) {
    try (var reader = new BufferedReader(new InputStreamReader(printed))) {
      reader.lines().forEach(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /**
   * @param name such as {@code STOP}
   */
  void signal(String name) {
    Command.run("kill", "-" + name, Long.toString(process.pid()));
  }

  /** As a power cut would, also when it is stopped. */
  void kill() {
    if (process == null) {
      return;
    }
    // not through Process, which would throw away what was printed and not read yet
    process.toHandle().destroyForcibly();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("expected " + command + " to end when it was killed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a process was killed", e);
    }
  }

  /** Returns when all that it printed was read. */
  @Override
  public void close() {
    kill();
    for (var reader : readers) {
      try {
        reader.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while output was read", e);
      }
    }
  }
}
