package dev.holdfast.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes what a person types: {@code stop}, {@code start}, {@code status}, {@code quit}. */
final class DemoConsole {
  private final Map<String, SampleBackend> backends;
  private final Supplier<List<String>> status;
  private final Runnable quit;
  private final DemoScreen screen;

  DemoConsole(
      Map<String, SampleBackend> backends,
      Supplier<List<String>> status,
      Runnable quit,
      DemoScreen screen) {
    this.backends = backends;
    this.status = status;
    this.quit = quit;
    this.screen = screen;
  }

  /** Until the end of the input, which ends nothing but the conversation. */
  void converse(BufferedReader in) throws IOException {
    for (var line = in.readLine(); line != null; line = in.readLine()) {
      answer(line.strip());
    }
  }

  /** What may be typed, for the introduction. */
  static String usage(List<String> backends) {
    return "stop " + backends.getFirst() + " | start " + backends.getFirst() + " | status | quit";
  }

  private void answer(String line) {
    var words = line.split("\\s+", 2);
    switch (words[0]) {
      case "" -> {}
      case "stop" -> find(words).ifPresent(this::stop);
      case "start" -> find(words).ifPresent(this::start);
      case "status" -> screen.show(status.get());
      case "quit", "exit", "q" -> quit.run();
      default -> screen.show(List.of("Type " + usage(List.copyOf(backends.keySet()))));
    }
  }

  private Optional<SampleBackend> find(String[] words) {
    var name = words.length > 1 ? words[1] : "";
    var found = Optional.ofNullable(backends.get(name));
    if (found.isEmpty()) {
      var known = String.join(", ", backends.keySet());
      screen.show(List.of("There is no backend '" + name + "'; there are " + known + "."));
    }
    return found;
  }

  private void stop(SampleBackend backend) {
    screen.tell(backend.name() + " is stopped: it refuses connections now.");
    backend.stop();
  }

  private void start(SampleBackend backend) {
    try {
      backend.start();
      screen.tell(backend.name() + " is started.");
    } catch (IOException e) {
      screen.tell(
          backend.name() + " cannot listen on " + backend.address() + ": " + e.getMessage());
    }
  }
}
