package dev.holdfast.cli.convert;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The file of another tool's configuration. Its content is shown in no error, for it may hold
 * secrets.
 */
public final class ConfigurationFile {
  private static final int MAX_BYTES = 1024 * 1024;

  private ConfigurationFile() {}

  /**
   * @param tool whose it is
   * @throws BadConfiguration when it is not there, or no text
   */
  public static String text(Path file, String tool) {
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
          "expected %s's configuration in %s, found no such file; name it".formatted(tool, file));
    } catch (IOException e) {
      throw new BadConfiguration(file + ": cannot be read: " + e);
    }
  }

  /**
   * @param name what errors call it
   * @throws BadConfiguration says where it is no TOML
   */
  public static ObjectNode toml(String name, String text) {
    return map(name, parsed(name, text, new TomlMapper(), "TOML"));
  }

  /**
   * @param format what errors say was expected
   * @throws BadConfiguration says where it is not what the mapper reads
   */
  public static JsonNode parsed(String name, String text, ObjectMapper mapper, String format) {
    try {
      return mapper.readTree(text);
    } catch (JsonProcessingException e) {
      // the parser's own message quotes the text
      var at = e.getLocation();
      var place = at == null ? "" : ":%d:%d".formatted(at.getLineNr(), at.getColumnNr());
      throw new BadConfiguration(name + place + ": expected " + format + ", found something else");
    }
  }

  /**
   * An empty file says nothing.
   *
   * @throws BadConfiguration when it says something that has no keys
   */
  public static ObjectNode map(String name, JsonNode tree) {
    if (tree.isMissingNode() || tree.isNull()) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (tree instanceof ObjectNode map) {
      return map;
    }
    throw new BadConfiguration(name + ": expected keys and values, found something else");
  }
}
