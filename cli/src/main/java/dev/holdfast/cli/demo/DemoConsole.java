package dev.holdfast.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Takes what a person types: {@code stop}, {@code start}, {@code status}, {@code quit}. */
final class DemoConsole {
  private final Map<String, SampleBackend> backends;
  private final Supplier<List<String>> status;
  private final Runnable quit;
  private final PrintWriter out;

  DemoConsole(
      Map<String, SampleBackend> backends,
      Supplier<List<String>> status,
      Runnable quit,
      PrintWriter out) {
    this.backends = backends;
    this.status = status;
    this.quit = quit;
    this.out = out;
  }

  /** Until the end of the input, which ends nothing but the conversation. */
  void converse(BufferedReader in) throws IOException {
    for (var line = in.readLine(); line != null; line = in.readLine()) {
      answer(line.strip()).forEach(out::println);
      out.flush();
    }
  }

  /** What may be typed, for the introduction. */
  static String usage(List<String> backends) {
    return "stop " + backends.getFirst() + " | start " + backends.getFirst() + " | status | quit";
  }

  private List<String> answer(String line) {
    var words = line.split("\\s+", 2);
    var name = words.length > 1 ? words[1] : "";
    return switch (words[0]) {
      case "" -> List.of();
      case "stop" -> stop(name);
      case "start" -> start(name);
      case "status" -> status.get();
      case "quit", "exit", "q" -> {
        quit.run();
        yield List.of();
      }
      default -> List.of("Type " + usage(List.copyOf(backends.keySet())));
    };
  }

  private List<String> stop(String name) {
    var backend = backends.get(name);
    if (backend == null) {
      return unknown(name);
    }
    backend.close();
    return List.of(name + " is stopped: it refuses connections now.");
  }

  private List<String> start(String name) {
    var backend = backends.get(name);
    if (backend == null) {
      return unknown(name);
    }
    try {
      backend.start();
      return List.of(name + " is started.");
    } catch (IOException e) {
      return List.of(name + " cannot be started on " + backend.address() + ": " + e.getMessage());
    }
  }

  private List<String> unknown(String name) {
    var known = backends.keySet().stream().sorted().collect(Collectors.joining(", "));
    return List.of("There is no backend '" + name + "'; there are " + known + ".");
  }
}
