package dev.holdfast.cli.flipper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.holdfast.cli.convert.BadConfiguration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values from the environment: {@code FLIPPER_SERVER__PORT} is {@code server.port}. A number stands
 * for an entry of a list, which flipper could not reach: {@code FLIPPER_GROUPS__0__READONLY}.
 */
final class EnvironmentOverrides {
  private static final String PREFIX = "FLIPPER_";

  private EnvironmentOverrides() {}

  /**
   * Changes the tree.
   *
   * @throws BadConfiguration when a variable goes through a value that holds no others
   */
  static void apply(Map<String, String> environment, ObjectNode tree) {
    new TreeMap<>(environment)
        .forEach((name, value) -> {
          if (name.startsWith(PREFIX) && name.length() > PREFIX.length()) {
            var path = name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).split("__", -1);
            set(tree, List.of(path), new TextNode(value), name);
          }
        });
  }

  private static void set(JsonNode at, List<String> path, TextNode value, String name) {
    var key = path.getFirst();
    var rest = path.subList(1, path.size());
    switch (at) {
      case ObjectNode map when rest.isEmpty() -> map.set(key, value);
      case ObjectNode map -> {
        if (map.path(key).isNull() || map.path(key).isMissingNode()) {
          map.putObject(key);
        }
        set(map.get(key), rest, value, name);
      }
      case ArrayNode list -> {
        var entry = entry(list, key, name);
        if (rest.isEmpty()) {
          list.set(entry, value);
        } else {
          set(list.get(entry), rest, value, name);
        }
      }
      default ->
          throw new BadConfiguration(
              "%s: expected a key with others below it before __%s, found a value"
                  .formatted(name, String.join("__", path).toUpperCase(Locale.ROOT)));
    }
  }

  private static int entry(ArrayNode list, String key, String name) {
    if (key.matches("[0-9]{1,4}") && Integer.parseInt(key) < list.size()) {
      return Integer.parseInt(key);
    }
    throw new BadConfiguration(
        "%s: expected the number of one of the %d entries, found '%s'"
            .formatted(name, list.size(), key));
  }
}
