package dev.holdfast.cli.flipper;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.holdfast.cli.convert.BadConfiguration;
import dev.holdfast.cli.convert.ConfigurationFile;
import dev.holdfast.manifest.YamlText;
import java.nio.file.Path;
import java.util.Locale;

/** The file of flipper's configuration, in one of three formats. */
final class FlipperFile {
  private FlipperFile() {}

  /**
   * @throws BadConfiguration when it is not there or not of the form that its name says
   */
  static ObjectNode read(Path file) {
    return parse(file.toString(), ConfigurationFile.text(file, "flipper"));
  }

  /**
   * By the name's ending: .yaml, .yml or .json; anything else is TOML.
   *
   * @throws BadConfiguration says where it is not what the ending says
   */
  static ObjectNode parse(String name, String text) {
    var lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".yaml") || lower.endsWith(".yml")) {
      return ConfigurationFile.map(name, yaml(name, text));
    }
    return ConfigurationFile.map(
        name,
        lower.endsWith(".json")
            ? ConfigurationFile.parsed(name, text, strictJson(), "JSON")
            : ConfigurationFile.parsed(
                name, text, new TomlMapper(), "TOML, which files are by any other ending"));
  }

  private static JsonNode yaml(String name, String text) {
    try {
      return YamlText.tree(text);
    } catch (IllegalArgumentException e) {
      throw new BadConfiguration(name + ": " + e.getMessage());
    }
  }

  private static JsonMapper strictJson() {
    return JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  }
}
