package dev.holdfast.cli.flipper;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.holdfast.manifest.YamlText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** The file of flipper's configuration. Its content is shown in no error, for it holds secrets. */
final class FlipperFile {
  private static final int MAX_BYTES = 1024 * 1024;

  private FlipperFile() {}

  /**
   * @throws BadConfiguration when it is not there or not of the form that its name says
   */
  static ObjectNode read(Path file) {
    return parse(file.toString(), text(file));
  }

  /**
   * By the name's ending: .yaml, .yml or .json; anything else is TOML.
   *
   * @throws BadConfiguration says where it is not what the ending says
   */
  static ObjectNode parse(String name, String text) {
    var lower = name.toLowerCase(Locale.ROOT);
    JsonNode tree;
    if (lower.endsWith(".yaml") || lower.endsWith(".yml")) {
      tree = yaml(name, text);
    } else if (lower.endsWith(".json")) {
      tree = parsed(name, text, strictJson(), "JSON");
    } else {
      tree = parsed(name, text, new TomlMapper(), "TOML, which files are by any other ending");
    }
    if (tree.isMissingNode() || tree.isNull()) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (tree instanceof ObjectNode map) {
      return map;
    }
    throw new BadConfiguration(name + ": expected keys and values, found something else");
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

  private static JsonNode parsed(
      String name, String text, com.fasterxml.jackson.databind.ObjectMapper mapper, String format) {
    try {
      return mapper.readTree(text);
    } catch (JsonProcessingException e) {
      // the parser's own message quotes the text
      var at = e.getLocation();
      var place = at == null ? "" : ":%d:%d".formatted(at.getLineNr(), at.getColumnNr());
      throw new BadConfiguration(name + place + ": expected " + format + ", found something else");
    }
  }

  private static String text(Path file) {
    try (var in = Files.newInputStream(file)) {
      var bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new BadConfiguration(file + ": expected at most 1 MiB, found more");
      }
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new BadConfiguration(file + ": expected UTF-8 text, found other bytes");
    } catch (NoSuchFileException e) {
      throw new BadConfiguration(
          "expected flipper's configuration in %s, found no such file; name it".formatted(file));
    } catch (IOException e) {
      throw new BadConfiguration(file + ": cannot be read: " + e);
    }
  }
}
