package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program as users run it: a process of its own, with what it printed so far. */
final class HoldfastProcess implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final Process process;
  private final Writer stdin;
  private final List<Thread> collectors;
  private final List<String> out = Collections.synchronizedList(new ArrayList<>());
  private final List<String> err = Collections.synchronizedList(new ArrayList<>());

  private HoldfastProcess(Process process) {
    this.process = process;
    this.stdin = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    this.collectors =
        List.of(collect(process.getInputStream(), out), collect(process.getErrorStream(), err));
  }

  static HoldfastProcess start(String... args) throws IOException {
    return start(Map.of(), args);
  }

  static HoldfastProcess start(Map<String, String> environment, String... args) throws IOException {
    return start(List.of(), environment, args);
  }

  /** With so many descriptors at most. */
  static HoldfastProcess startWithDescriptors(int limit, String... args) throws IOException {
    var shell = List.of("sh", "-c", "ulimit -n " + limit + " && exec \"$@\"", "holdfast");
    return start(shell, Map.of(), args);
  }

  private static HoldfastProcess start(
      List<String> launcher, Map<String, String> environment, String... args) throws IOException {
    var command = new ArrayList<>(launcher);
    command.addAll(AheadOfTimeCache.command());
    command.addAll(List.of(args));
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("HOLDFAST_LOG"));
    builder.environment().putAll(environment);
    return new HoldfastProcess(builder.start());
  }

  /** Waits for a line on stdout in which the pattern is found. */
  Matcher awaitOut(String pattern) {
    return awaitLine(out, pattern);
  }

  /** Waits for a line on stderr in which the pattern is found. */
  Matcher awaitErr(String pattern) {
    return awaitLine(err, pattern);
  }

  List<String> err() {
    return List.copyOf(err);
  }

  List<String> out() {
    return List.copyOf(out);
  }

  void type(String line) throws IOException {
    stdin.write(line + "\n");
    stdin.flush();
  }

  void endInput() throws IOException {
    stdin.close();
  }

  /**
   * @param name such as {@code TERM}
   */
  void signal(String name) throws IOException, InterruptedException {
    signal(name, process.pid());
  }

  static void signal(String name, long pid) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
    assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(kill.exitValue()).isZero();
  }

  /** What it has in memory now. */
  long residentMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .findFirst()
            .orElseThrow()
        / 1024;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The exit code, once the process has ended by itself. */
  int awaitExit() throws InterruptedException {
    assertThat(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS))
        .as("has ended; stdout %s, stderr %s", out(), err())
        .isTrue();
    await().atMost(DEADLINE).until(this::hasSaidAll);
    return process.exitValue();
  }

  private boolean hasSaidAll() {
    return collectors.stream().noneMatch(Thread::isAlive);
  }

  /** Returns when its ports are free again. */
  @Override
  public void close() {
    process.destroyForcibly();
    await().atMost(DEADLINE).until(() -> !process.isAlive());
  }

  private Matcher awaitLine(List<String> lines, String pattern) {
    var compiled = Pattern.compile(pattern);
    await("a line with " + pattern)
        .atMost(DEADLINE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> hasSaidAll() || find(lines, compiled) != null);
    return assertThat(find(lines, compiled))
        .as("a line with %s; stdout %s, stderr %s", pattern, out(), err())
        .isNotNull()
        .actual();
  }

  private static Matcher find(List<String> lines, Pattern pattern) {
    return List.copyOf(lines).stream()
        .map(pattern::matcher)
        .filter(Matcher::find)
        .findFirst()
        .orElse(null);
  }

  private static Thread collect(InputStream stream, List<String> lines) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                .lines()
                .forEach(lines::add);
          } catch (UncheckedIOException destroyed) {
            // its streams are closed with it, whatever they still held
          }
        });
  }
}
