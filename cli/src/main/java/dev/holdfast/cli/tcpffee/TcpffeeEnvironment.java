package dev.holdfast.cli.tcpffee;

import dev.holdfast.cli.convert.BadConfiguration;
import dev.holdfast.cli.tcpffee.TcpffeeConfig.Slice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What tcpffee takes from the environment. A variable that is empty counts as not set. */
public record TcpffeeEnvironment(Map<String, String> variables) {
  private static final String CONFIG_PATH = "TCPFFEE_CONFIG_PATH";
  private static final String PID_PATH = "TCPFFEE_PID_PATH";
  private static final String SAVE_PATH = "TCPFFEE_HEALTHCHECK_SAVE_PATH";
  private static final String KEY_TYPE = "TCPFFEE_KEY_TYPE";
  private static final String START = "TCPFFEE_KEY_FIRST_MESSAGE_SLICE_START";
  private static final String END = "TCPFFEE_KEY_FIRST_MESSAGE_SLICE_END";
  private static final int MAX_END = 1024;

  /** This process's own. */
  public static TcpffeeEnvironment ofProcess() {
    return new TcpffeeEnvironment(System.getenv());
  }

  /** The configuration that is read when no other is named. */
  public Path configuration() {
    return Path.of(set(CONFIG_PATH).orElse("/etc/tcpffee/tcpffee.toml"));
  }

  /** Empty unless it was set. */
  public Optional<Path> pidFile() {
    return set(PID_PATH).map(Path::of);
  }

  /** The directory of tcpffee's health state, where holdfast's own state may be kept. */
  public Optional<Path> stateDirectory() {
    return set(SAVE_PATH)
        .map(Path::of)
        .map(file -> file.toAbsolutePath().getParent())
        .filter(Files::isDirectory);
  }

  /** As {@code RUST_LOG} says; empty when it does not. */
  public Optional<String> logLevel() {
    return set("RUST_LOG").flatMap(RustLog::level);
  }

  boolean savesHealth() {
    return set(SAVE_PATH).isPresent();
  }

  /**
   * @return null when clients are known by their address alone
   * @throws BadConfiguration when the variables contradict each other
   */
  @Nullable Slice slice() {
    var type = set(KEY_TYPE).orElse("IP");
    return switch (type) {
      case "IP" -> null;
      case "IP_WITH_FIRST_MESSAGE_SLICE" -> slice(number(START), number(END));
      default ->
          throw new BadConfiguration(
              "%s: expected IP or IP_WITH_FIRST_MESSAGE_SLICE, found '%s'"
                  .formatted(KEY_TYPE, type));
    };
  }

  private static Slice slice(int start, int end) {
    if (end <= start) {
      throw new BadConfiguration(
          "%s: expected more than %s, %d, found %d".formatted(END, START, start, end));
    }
    return new Slice(start, end);
  }

  private int number(String name) {
    var text = set(name).orElse("");
    if (text.matches("[0-9]{1,4}") && Integer.parseInt(text) <= MAX_END) {
      return Integer.parseInt(text);
    }
    throw new BadConfiguration(
        "%s: expected a number up to %d, found %s"
            .formatted(name, MAX_END, text.isEmpty() ? "none" : "'" + text + "'"));
  }

  private Optional<String> set(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
  }
}
