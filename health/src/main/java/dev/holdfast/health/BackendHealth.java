package dev.holdfast.health;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The checks of one backend, by name, and what they say together: the worst one wins. */
public record BackendHealth(Map<String, CheckState> checks) {

  public BackendHealth {
    checks = Map.copyOf(checks);
  }

  public static BackendHealth none() {
    return new BackendHealth(Map.of());
  }

  public BackendHealth with(String check, CheckState state) {
    var next = new TreeMap<>(checks);
    next.put(check, state);
    return new BackendHealth(next);
  }

  public BackendHealth without(String check) {
    var next = new TreeMap<>(checks);
    next.remove(check);
    return new BackendHealth(next);
  }

  public Health verdict() {
    return Health.worst(checks.values().stream().map(CheckState::health).toList());
  }

  /** The first failing check by name, and why it fails; null while none has a failed verdict. */
  public @Nullable String why() {
    return new TreeMap<>(checks)
        .entrySet().stream()
            .filter(entry -> entry.getValue().health() == Health.Unhealthy)
            .map(entry -> "check " + entry.getKey() + ": " + reason(entry.getValue()))
            .findFirst()
            .orElse(null);
  }

  /** What the worst warning says, with the check's name; null when there is none. */
  public @Nullable Warning warning() {
    return new TreeMap<>(checks)
        .entrySet().stream()
            .flatMap(entry -> warning(entry.getKey(), entry.getValue().warning()))
            .max(Comparator.comparing(Warning::level))
            .orElse(null);
  }

  private static Stream<Warning> warning(String check, @Nullable Warning warning) {
    return warning == null
        ? Stream.empty()
        : Stream.of(new Warning(warning.level(), "check " + check + ": " + warning.text()));
  }

  private static String reason(CheckState state) {
    return state.why() == null ? "not passed often enough yet" : state.why();
  }
}
